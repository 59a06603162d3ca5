#!/usr/bin/env python3
"""SIGKILL at random moments and at every step of the checkpoint protocol, then resume.

Each run is killed several times in a row, also while it is being resumed, and must end with the
weights, history and predictions of a run that nobody disturbed. Every second kill hits a system
call that changes a file (needs strace); the others hit a random moment.
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

from harness import Application, Results, fingerprint, left_over, parser, scratch

CALLS = ("fsync", "rename", "mkdir", "unlink", "write")
MODES = {
    "head": (),
    "no feature cache": ("--no-feature-cache",),
    "fine-tuning": ("--fine-tune-epochs", 1),
}


def kill_at_random(
    app: Application, command: list[str], run: Path, rng: random.Random, span: float
):
    """Kills at a moment that is random within the time the run takes, once it has begun."""
    process = app.start(command)
    deadline = time.monotonic() + 120
    while (
        not (run / "run.lock").exists() and process.poll() is None and time.monotonic() < deadline
    ):
        time.sleep(0.01)
    moment = rng.uniform(0, span) / 2
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return process.returncode, f"after {moment:.2f} s"


def kill_at_step(app: Application, command: list[str], rng: random.Random):
    """Kills before the n-th call of a kind that changes files, in the thread that is first."""
    call = rng.choice(CALLS)
    number = rng.randint(1, 20 if call in ("mkdir", "rename", "unlink") else 60)
    # Not --seccomp-bpf: strace then injects errors, but no signals.
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    inject = ["-e", f"inject={call}:signal=KILL:when={number}"]
    code, _ = app.run(strace + inject + command)
    return code, f"before {call} {number}"


def one_run(app: Application, number: int, seed: int, kills: int, whole: dict):
    """Kills a run a few times, lets it end, and compares."""
    rng = random.Random(f"{seed} {number}")
    mode = list(MODES)[number % len(MODES)]
    run = app.scratch / f"run-{number}"
    events = []
    for kill in range(kills):
        first = not (run / "config.json").exists()
        command = app.train(run, *MODES[mode]) if first else app.resume(run)
        if kill % 2:
            code, where = kill_at_step(app, command, rng)
        else:
            code, where = kill_at_random(app, command, run, rng, whole[mode][1])
        events.append({"where": where, "killed": code in (-9, 137)})
        if not events[-1]["killed"] and code:
            return mode, events, f"ended with exit code {code} where no kill was due"
    command = app.resume(run) if (run / "config.json").exists() else app.train(run, *MODES[mode])
    code, output = app.run(command)
    if code:
        return mode, events, f"resumed with exit code {code}: {output[-300:]}"
    differences = [
        name for name, value in fingerprint(run).items() if whole[mode][0][name] != value
    ]
    problem = f"differs in {differences}" if differences else ""
    if left_over(run):
        problem += f" left over: {left_over(run)}"
    shutil.rmtree(run)
    return mode, events, problem


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--per-run", type=int, default=5, help="kills of a run before it may end")
    options.add_argument("--workers", type=int, default=1, help="runs at a time")
    arguments = options.parse_args()
    results = Results("kills", arguments.output)
    done = 0
    with scratch() as place, ThreadPoolExecutor(arguments.workers) as pool:
        app = Application(Path(place))
        whole = {}
        for mode, mode_options in MODES.items():
            start = time.monotonic()
            code, output = app.run(app.train(app.scratch / mode, *mode_options))
            assert code == 0, output
            whole[mode] = fingerprint(app.scratch / mode), time.monotonic() - start
        runs = range(-(-arguments.kills // arguments.per_run) * 2)

        def work(number: int):
            wanted = done < arguments.kills
            return (
                one_run(app, number, arguments.seed, arguments.per_run, whole) if wanted else None
            )

        for result in pool.map(work, runs):
            if result is None:
                continue
            mode, events, problem = result
            done += sum(event["killed"] for event in events)
            results.add(not problem, mode=mode, kills=events, problem=problem)
            print(f"{done} kills", file=sys.stderr, flush=True)
    return results.end(kills=done)


if __name__ == "__main__":
    sys.exit(main())
