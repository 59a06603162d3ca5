#!/usr/bin/env python3
"""Two runs into one directory, a directory removed during a run, a read-only one: exit 6, one line.

Nothing may be overwritten or come back. The read-only case mounts a file system and needs root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from harness import Application, Results, parser, scratch


def await_file(path: Path, process: subprocess.Popen[str]) -> None:
    """Waits until a file is there or the process has ended."""
    while not path.exists() and process.poll() is None:
        time.sleep(0.01)


def one_line(output: str, text: str) -> bool:
    """Whether the last line is the error, and none is of a stack trace."""
    lines = output.strip().splitlines()
    return (
        bool(lines)
        and lines[-1].startswith("virus-mnist: ")
        and text in lines[-1]
        and "\tat " not in output
    )


def two_runs(app: Application, results: Results) -> None:
    """Starts a second run, a resume and a report while a first one writes."""
    run = app.scratch / "two"
    first = app.start(app.train(run))
    await_file(run / "checkpoints/LATEST", first)
    first.send_signal(19)  # SIGSTOP
    for name, command, text in (
        ("train", app.train(run), "not empty, a run is never overwritten"),
        ("resume", app.resume(run), f"process {first.pid} is writing into it"),
    ):
        code, output = app.run(command)
        results.add(
            code == 6 and one_line(output, text),
            case=f"second {name}",
            exit=code,
            said=output[-300:],
        )
    first.send_signal(18)
    first.communicate()
    code, _ = app.run(app.command("report", run))
    results.add(
        first.returncode == 0 and code == 0, case="the first one ends well", exit=first.returncode
    )


def raced(app: Application, results: Results, number: int) -> None:
    """Starts two runs at a time into one empty directory: one of them has it."""
    run = app.scratch / f"race-{number}"
    run.mkdir()
    both = [app.start(app.train(run)) for _ in range(2)]
    for process in both:
        process.communicate()
    codes = sorted(process.returncode for process in both)
    results.add(codes == [0, 6], case="two at a time", exits=codes)


def removed(app: Application, results: Results, number: int) -> None:
    """Removes the directory at another moment of each run."""
    run = app.scratch / f"removed-{number}"
    process = app.start(app.train(run))
    await_file(run / ("run.lock" if number % 2 else "checkpoints/LATEST"), process)
    time.sleep(number * 0.15)
    process.send_signal(19)
    shutil.rmtree(run)
    process.send_signal(18)
    output, _ = process.communicate()
    held = process.returncode == 6 and one_line(output, "")
    results.add(
        held and not (run / "config.json").exists(),
        case="removed",
        exit=process.returncode,
        said=output[-300:],
        back=sorted(os.listdir(run)) if run.exists() else [],
    )


def read_only(app: Application, results: Results) -> None:
    """Begins and resumes a run on a file system that cannot be written."""
    mount = app.scratch / "read-only"
    mount.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", mount], check=True)
    try:
        code, output = app.run(app.train(mount / "run"))
        assert code == 0, output
        before = sorted(str(path) for path in mount.rglob("*"))
        subprocess.run(["mount", "-o", "remount,ro", mount], check=True)
        for name, command in (
            ("new run", app.train(mount / "other")),
            ("resume", app.resume(mount / "run")),
            (
                "predict",
                app.command(
                    "predict",
                    "--model",
                    mount / "run",
                    "--data",
                    app.test_csv,
                    "--output",
                    mount / "p.csv",
                ),
            ),
        ):
            code, output = app.run(command)
            same = before == sorted(str(path) for path in mount.rglob("*"))
            results.add(
                code == 6 and one_line(output, "") and same,
                case=f"read-only, {name}",
                exit=code,
                said=output[-300:],
            )
    finally:
        subprocess.run(["umount", mount], check=True)


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--repeats", type=int, default=10)
    arguments = options.parse_args()
    results = Results("directories", arguments.output)
    with scratch() as place:
        app = Application(Path(place))
        two_runs(app, results)
        for number in range(arguments.repeats):
            removed(app, results, number)
        for number in range(arguments.repeats // 3):
            raced(app, results, number)
        if os.geteuid() == 0:
            read_only(app, results)
    return results.end()


if __name__ == "__main__":
    sys.exit(main())
