#!/usr/bin/env python3
"""Ctrl-C and SIGTERM at random moments: exit 130 or 143 within five seconds, then resume.

Every fifth time a second signal follows at once. Each run must end, resumed, like one that was left
alone; a `predict` that is interrupted leaves no file under the final name.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from harness import Application, Results, fingerprint, left_over, parser, scratch

EXIT = {signal.SIGINT: 130, signal.SIGTERM: 143}
LIMIT_SECONDS = 5


def interrupt(app: Application, command: list[str], begun: Path, number: int, rng: random.Random):
    """Sends a signal at a random moment and returns exit code, expected code, seconds, output."""
    name = rng.choice([signal.SIGINT, signal.SIGTERM])
    process = app.start(command)
    while not begun.exists() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(rng.uniform(0, 3))
    if process.poll() is not None:
        output, _ = process.communicate()
        return process.returncode, 0, None, output
    start = time.monotonic()
    process.send_signal(name)
    if number % 5 == 4:
        process.send_signal(name)
    try:
        output, _ = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
    return process.returncode, EXIT[name], round(time.monotonic() - start, 3), output


def too_slow(seconds: float | None) -> str:
    """Returns what is wrong with a time; there is none where the signal came too late."""
    slow = seconds is not None and seconds > LIMIT_SECONDS
    return f" took {seconds:.1f} s" if slow else ""


def one_training(app: Application, number: int, seed: int, whole: dict[str, str]):
    """Interrupts a training, resumes it and compares."""
    rng = random.Random(f"{seed} {number}")
    run = app.scratch / f"run-{number}"
    command = app.train(run)
    code, expected, seconds, output = interrupt(app, command, run / "run.lock", number, rng)
    problem = "" if code == expected else f"exit code {code}: {output[-300:]}"
    problem += too_slow(seconds)
    if "\tat " in output:
        problem += " prints a stack trace"
    again, said = app.run(app.resume(run))
    if again:
        problem += f" resumed with exit code {again}: {said[-300:]}"
    elif fingerprint(run) != whole or left_over(run):
        problem += " ends differently"
    shutil.rmtree(run, ignore_errors=True)
    return {"verb": "train", "exit": code, "seconds": seconds, "problem": problem}


def one_prediction(app: Application, number: int, seed: int, trained: Path, rows: Path):
    """Interrupts a prediction: the file is whole or absent."""
    rng = random.Random(f"{seed} predict {number}")
    target = app.scratch / f"predictions-{number}" / "p.csv"
    command = app.command("predict", "--model", trained, "--data", rows, "--output", target)
    code, expected, seconds, output = interrupt(app, command, target.parent, number, rng)
    problem = "" if code == expected else f"exit code {code}: {output[-300:]}"
    problem += too_slow(seconds)
    if target.exists() != (code == 0):
        problem += f" left {target} with exit code {code}"
    return {"verb": "predict", "exit": code, "seconds": seconds, "problem": problem}


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--signals", type=int, default=50, help="trainings to interrupt")
    options.add_argument("--predictions", type=int, default=10, help="predictions to interrupt")
    arguments = options.parse_args()
    results = Results("signals", arguments.output)
    with scratch() as place:
        app = Application(Path(place))
        code, output = app.run(app.train(app.scratch / "whole"))
        assert code == 0, output
        trained = app.scratch / "whole"
        whole = fingerprint(trained)
        many = app.scratch / "many.csv"
        lines = app.test_csv.read_text().splitlines(keepends=True)
        many.write_text(lines[0] + "".join(lines[1:]) * 500)
        times = [
            *until(
                arguments.signals,
                lambda number: one_training(app, number, arguments.seed, whole),
                results,
            ),
            *until(
                arguments.predictions,
                lambda number: one_prediction(app, number, arguments.seed, trained, many),
                results,
            ),
        ]
    return results.end(signals=len(times), slowest_seconds=max(times, default=0.0))


def until(wanted: int, case: Callable[[int], dict], results: Results) -> list[float]:
    """Runs cases until so many signals have met a process, and returns how long each took."""
    times: list[float] = []
    number = 0
    while len(times) < wanted:
        record = case(number)
        results.add(not record["problem"], **record)
        if record["seconds"] is not None:
            times.append(record["seconds"])
        number += 1
    return times


if __name__ == "__main__":
    sys.exit(main())
