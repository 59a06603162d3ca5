#!/usr/bin/env python3
"""The n-th write of a three-epoch run fails: exit 6, one line, and the run can go on.

Each call that changes a file fails once with ENOSPC, Java's and TensorFlow's alike (needs a C
compiler, Linux); then files may not grow beyond a limit (ulimit -f), and a file system is full
(tmpfs, needs root). The checkpoint before must always load and lead to the same end.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from faults import Call, Faults, calls, control
from harness import Application, CommandLoop, Results, fingerprint, left_over, parser, scratch


class Verdict:
    """What is wrong with how an application ended, and with how its run goes on."""

    def __init__(self, app: Application, expected: dict[str, str], execute: Callable) -> None:
        self.app = app
        self.expected = expected
        self.execute = execute

    def of(self, run: Path, code: int, output: str) -> str:
        """Goes on with a run that a fault may have ended; nothing wrong is the empty string."""
        problem = ""
        if code not in (0, 6):
            problem = f"exit code {code}: {output[-300:]}"
        if code and not output.strip().splitlines()[-1].startswith("virus-mnist: "):
            problem += f" no error line: {output[-300:]}"
        if "\tat " in output:
            problem += f" stack trace: {output[-600:]}"
        begun = (run / "config.json").exists()
        again, said = self.execute(self.app.resume(run) if begun else self.app.train(run))
        if again:
            return problem + f" goes on with exit code {again}: {said[-300:]}"
        if fingerprint(run) != self.expected:
            problem += " ends differently"
        if left_over(run):
            problem += f" left over {left_over(run)}"
        shutil.rmtree(run)
        return problem


class InjectedFaults:
    """Lets one call after the other fail, in one process as long as that lives."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.faults = Faults(app.scratch)
        self.control = app.scratch / "control"
        whole = app.scratch / "whole"
        log = app.scratch / "calls.log"
        whole.mkdir()
        code, output = app.run(app.train(whole / "run"), self.faults.counting(whole, log))
        assert code == 0, output
        self.calls = calls(log, whole)
        self.expected = fingerprint(whole / "run")
        self.loop = self._start()

    def _start(self) -> CommandLoop:
        return CommandLoop(self.app, self.faults.environment(self.control))

    def case(self, call: Call, error: int) -> dict:
        """Lets a call of a fresh run fail."""
        if not self.loop.is_alive():
            self.loop = self._start()
        place = self.app.scratch / f"fault-{call.number}"
        place.mkdir()
        control(place, call.number, error, self.control)
        code, output = self.loop.run(self.app.train(place / "run"))
        control(self.app.scratch / "nowhere", 0, 0, self.control)
        verdict = Verdict(self.app, self.expected, self.loop.run)
        problem = verdict.of(place / "run", code, output)
        shutil.rmtree(place)
        return {"how": f"{errno.errorcode[error]} at {call}", "exit": code, "problem": problem}


def limited(app: Application, kilobytes: int, expected: dict[str, str]) -> dict:
    """Lets no file grow beyond a limit."""
    run = app.scratch / f"limit-{kilobytes}"
    shell = ["bash", "-c", f'ulimit -f {kilobytes}; exec "$@"', "limited"]
    code, output = app.run(shell + app.train(run))
    problem = Verdict(app, expected, app.run).of(run, code, output)
    return {"how": f"ulimit -f {kilobytes}", "exit": code, "problem": problem}


def full(app: Application, kilobytes: int, expected: dict[str, str]) -> dict:
    """Runs on a small file system; space is made before going on."""
    mount = app.scratch / f"full-{kilobytes}"
    mount.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", mount], check=True)
    try:
        run = mount / "run"
        code, output = app.run(app.train(run))
        subprocess.run(["mount", "-o", "remount,size=64m", mount], check=True)
        problem = Verdict(app, expected, app.run).of(run, code, output)
        return {"how": f"tmpfs of {kilobytes} KB", "exit": code, "problem": problem}
    finally:
        subprocess.run(["umount", mount], check=True)


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--every", type=int, default=1, help="of the calls, only every N-th fails")
    options.add_argument("--first", type=int, default=1, help="number of the first that fails")
    arguments = options.parse_args()
    results = Results("write-faults", arguments.output)
    with scratch() as place:
        app = Application(Path(place), rows=60, batch_size=40)  # one call an epoch
        injected = InjectedFaults(app)
        expected = injected.expected
        sizes = (4, 16, 64, 256, 700)
        work = [partial(limited, app, size, expected) for size in sizes]
        if os.geteuid() == 0:
            sizes = (64, 160, 320, 640, 1500, 2500)
            work += [partial(full, app, size, expected) for size in sizes]
        for call in injected.calls[arguments.first - 1 :: arguments.every]:
            work.append(partial(injected.case, call, errno.ENOSPC))
        for case in work:
            record = case()
            results.add(not record["problem"], **record)
            print(f"{results.cases} of {len(work)}", file=sys.stderr, flush=True)
        injected.loop.close()
    return results.end(calls_of_a_run=len(injected.calls))


if __name__ == "__main__":
    sys.exit(main())
