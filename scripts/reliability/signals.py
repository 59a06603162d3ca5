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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness import Application, Results, fingerprint, left_over, parser, scratch

EXIT = {signal.SIGINT: 130, signal.SIGTERM: 143}
LIMIT_SECONDS = 5


def interrupt(app: Application, command: list[str], begun: Path, number: int, rng: random.Random):
    """Sends a signal at a random moment and returns exit code, expected code and seconds."""
    name = rng.choice([signal.SIGINT, signal.SIGTERM])
    process = app.start(command)
    while not begun.exists() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(rng.uniform(0, 3))
    if process.poll() is not None:
        output, _ = process.communicate()
        return process.returncode, 0, 0.0, output
    start = time.monotonic()
    process.send_signal(name)
    if number % 5 == 4:
        process.send_signal(name)
    try:
        output, _ = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
    return process.returncode, EXIT[name], time.monotonic() - start, output


def one_training(app: Application, number: int, seed: int, whole: dict[str, str]):
    """Interrupts a training, resumes it and compares."""
    rng = random.Random(f"{seed} {number}")
    run = app.scratch / f"run-{number}"
    command = app.train(run)
    code, expected, seconds, output = interrupt(app, command, run / "run.lock", number, rng)
    problem = "" if code == expected else f"exit code {code}: {output[-300:]}"
    if seconds > LIMIT_SECONDS:
        problem += f" took {seconds:.1f} s"
    if "\tat " in output:
        problem += " prints a stack trace"
    again, said = app.run(app.resume(run))
    if again:
        problem += f" resumed with exit code {again}: {said[-300:]}"
    elif fingerprint(run) != whole or left_over(run):
        problem += " ends differently"
    shutil.rmtree(run, ignore_errors=True)
    return {"verb": "train", "exit": code, "seconds": round(seconds, 3), "problem": problem}


def one_prediction(app: Application, number: int, seed: int, trained: Path, rows: Path):
    """Interrupts a prediction: the file is whole or absent."""
    rng = random.Random(f"{seed} predict {number}")
    target = app.scratch / f"predictions-{number}" / "p.csv"
    command = app.command("predict", "--model", trained, "--data", rows, "--output", target)
    code, expected, seconds, output = interrupt(app, command, target.parent, number, rng)
    problem = "" if code == expected else f"exit code {code}: {output[-300:]}"
    if seconds > LIMIT_SECONDS:
        problem += f" took {seconds:.1f} s"
    if target.exists() != (code == 0):
        problem += f" left {target} with exit code {code}"
    return {"verb": "predict", "exit": code, "seconds": round(seconds, 3), "problem": problem}


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--signals", type=int, default=50, help="trainings to interrupt")
    options.add_argument("--predictions", type=int, default=10, help="predictions to interrupt")
    options.add_argument("--workers", type=int, default=1)
    arguments = options.parse_args()
    results = Results("signals", arguments.output)
    slowest = 0.0
    with scratch() as place, ThreadPoolExecutor(arguments.workers) as pool:
        app = Application(Path(place))
        code, output = app.run(app.train(app.scratch / "whole"))
        assert code == 0, output
        whole = fingerprint(app.scratch / "whole")
        many = app.scratch / "many.csv"
        lines = app.test_csv.read_text().splitlines(keepends=True)
        many.write_text(lines[0] + "".join(lines[1:]) * 500)
        work = [
            pool.submit(one_training, app, number, arguments.seed, whole)
            for number in range(arguments.signals)
        ] + [
            pool.submit(one_prediction, app, number, arguments.seed, app.scratch / "whole", many)
            for number in range(arguments.predictions)
        ]
        for future in work:
            record = future.result()
            slowest = max(slowest, record["seconds"])
            results.add(not record["problem"], **record)
    return results.end(slowest_seconds=slowest)


if __name__ == "__main__":
    sys.exit(main())
