#!/usr/bin/env python3
"""SIGKILL at random moments and at every step of the checkpoint protocol, then resume.

Each run is killed four times, three of them while it is being resumed, and must end with the
weights, history and predictions of a run that nobody disturbed. The first kill hits the next in
turn of the calls that change files while one checkpoint is written, Java's and TensorFlow's (needs
a C compiler, Linux); the others hit a random call, or a random moment. Runs take turns in training
the head, without feature cache, and with fine-tuning.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from faults import Call, Faults, calls, of_one_checkpoint
from harness import Application, Results, fingerprint, left_over, parser, scratch

MODES = {
    "head": (),
    "no feature cache": ("--no-feature-cache",),
    "fine-tuning": ("--fine-tune-epochs", 1),
}
# Fewer than a resumed run makes, however little is left to do.
CALLS_OF_RESUMING = 120


class Disturbance:
    """Kills runs of an application, and knows how they end when nobody does."""

    def __init__(self, app: Application, seed: int) -> None:
        self.app = app
        self.seed = seed
        self.faults = Faults(app.scratch)
        self.whole: dict[str, dict[str, str]] = {}
        self.seconds: dict[str, float] = {}
        self.steps: dict[str, list[Call]] = {}
        for mode, options in MODES.items():
            place = app.scratch / f"whole {mode}"
            log = app.scratch / f"{mode}.log"
            place.mkdir()
            start = time.monotonic()
            command = app.train(place / "run", *options)
            code, output = app.run(command, self.faults.counting(place, log))
            assert code == 0, output
            self.seconds[mode] = time.monotonic() - start
            self.whole[mode] = fingerprint(place / "run")
            self.steps[mode] = of_one_checkpoint(calls(log, place))

    def command(self, run: Path, mode: str) -> list[str]:
        """Returns what goes on with a run, or begins it where nothing is there."""
        begun = (run / "config.json").exists()
        return self.app.resume(run) if begun else self.app.train(run, *MODES[mode])

    def kill_at_call(self, run: Path, mode: str, call: Call) -> dict:
        """Kills before the call of a number."""
        command = self.command(run, mode)
        code, _ = self.app.run(command, self.faults.killing(run.parent, call.number))
        return {"where": f"before {call}", "killed": code == -signal.SIGKILL, "exit": code}

    def kill_at_random(self, run: Path, mode: str, rng: random.Random) -> dict:
        """Kills at a moment that is random within the time the run takes, once it has begun."""
        process = self.app.start(self.command(run, mode))
        while not (run / "run.lock").exists() and process.poll() is None:
            time.sleep(0.01)
        moment = rng.uniform(0, self.seconds[mode] * 0.7)
        try:
            process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        code = process.returncode
        return {"where": f"after {moment:.2f} s", "killed": code == -signal.SIGKILL, "exit": code}

    def disturb(self, number: int) -> tuple[str, list[dict], str]:
        """Kills a run, lets it end, and compares."""
        rng = random.Random(f"{self.seed} {number}")
        place = self.app.scratch / f"run-{number}"
        run = place / "run"
        place.mkdir()
        mode = list(MODES)[number % len(MODES)]
        steps = self.steps[mode]
        events = [
            self.kill_at_call(run, mode, steps[number % len(steps)]),
            self.kill_at_random(run, mode, rng),
            self.kill_at_call(run, mode, Call(rng.randint(1, CALLS_OF_RESUMING), "", "resumed")),
            self.kill_at_random(run, mode, rng),
        ]
        problem = "".join(
            f"exit code {event['exit']} where no kill was due. "
            for event in events
            if not event["killed"] and event["exit"]
        )
        code, output = self.app.run(self.command(run, mode))
        if code:
            return mode, events, f"{problem}resumed with exit code {code}: {output[-300:]}"
        found = fingerprint(run)
        problem += " ".join(name for name in found if found[name] != self.whole[mode][name])
        problem += " ".join(left_over(run))
        shutil.rmtree(place)
        return mode, events, problem


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=200, help="at least so many")
    options.add_argument("--workers", type=int, default=1, help="runs at a time")
    arguments = options.parse_args()
    results = Results("kills", arguments.output)
    done = 0
    with scratch() as place, ThreadPoolExecutor(arguments.workers) as pool:
        disturbance = Disturbance(Application(Path(place)), arguments.seed)
        steps = max(len(calls) for calls in disturbance.steps.values())

        def work(number: int):
            return disturbance.disturb(number) if done < arguments.kills else None

        for result in pool.map(work, range(arguments.kills)):
            if result is None:
                continue
            mode, events, problem = result
            done += sum(event["killed"] for event in events)
            results.add(not problem, mode=mode, kills=events, problem=problem)
            print(f"{done} kills", file=sys.stderr, flush=True)
    return results.end(kills=done, steps_of_a_checkpoint=steps)


if __name__ == "__main__":
    sys.exit(main())
