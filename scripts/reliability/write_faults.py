#!/usr/bin/env python3
"""The n-th write of a three-epoch run fails: exit 6, one line, and the run can go on.

System calls that change files are made to fail one by one with ENOSPC (needs strace), Java's and
TensorFlow's alike; then files may not grow beyond a limit (ulimit -f), and a file system is full
(tmpfs, needs root). The checkpoint before must always load and lead to the same end.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness import Application, Results, fingerprint, left_over, parser, scratch

CALLS = ("fsync", "rename", "mkdir", "unlink", "pwrite64", "ftruncate")


def traced(call: str, extra: list[str]) -> list[str]:
    """Returns the command that watches one system call."""
    return ["strace", "-f", "--seccomp-bpf", "-qq", "-e", f"trace={call}", *extra]


def count(app: Application, call: str) -> int:
    """Returns how often the thread that makes a call most often makes it."""
    log = app.scratch / f"{call}.log"
    run = app.scratch / f"count-{call}"
    app.run(traced(call, ["-o", str(log)]) + app.train(run))
    shutil.rmtree(run)
    threads = re.findall(r"^(\d+) ", log.read_text(), re.MULTILINE)
    return max((threads.count(thread) for thread in set(threads)), default=0)


def after_fault(app: Application, run: Path, code: int, output: str, expected: dict[str, str]):
    """Checks the verdict and that the run goes on to the expected end."""
    problem = ""
    if code not in (0, 6):
        problem = f"exit code {code}: {output[-300:]}"
    if code and not output.strip().splitlines()[-1].startswith("virus-mnist: "):
        problem += f" no error line: {output[-300:]}"
    if "\tat " in output:
        problem += f" stack trace: {output[-600:]}"
    command = app.resume(run) if (run / "config.json").exists() else app.train(run)
    again, said = app.run(command)
    if again:
        return problem + f" goes on with exit code {again}: {said[-300:]}"
    if fingerprint(run) != expected:
        problem += " ends differently"
    if left_over(run):
        problem += f" left over {left_over(run)}"
    shutil.rmtree(run)
    return problem


def injected(app: Application, call: str, number: int, expected: dict[str, str]):
    """Lets one system call fail."""
    run = app.scratch / f"{call}-{number}"
    inject = ["-o", "/dev/null", "-e", f"inject={call}:error=ENOSPC:when={number}"]
    code, output = app.run(traced(call, inject) + app.train(run))
    return {"how": f"{call} {number}", "exit": code,
            "problem": after_fault(app, run, code, output, expected)}  # fmt: skip


def limited(app: Application, kilobytes: int, expected: dict[str, str]):
    """Lets no file grow beyond a limit."""
    run = app.scratch / f"limit-{kilobytes}"
    shell = ["bash", "-c", f'ulimit -f {kilobytes}; exec "$@"', "limited"]
    code, output = app.run(shell + app.train(run))
    return {"how": f"ulimit -f {kilobytes}", "exit": code,
            "problem": after_fault(app, run, code, output, expected)}  # fmt: skip


def full(app: Application, kilobytes: int, expected: dict[str, str]):
    """Runs on a small file system; space is made before going on."""
    mount = app.scratch / f"full-{kilobytes}"
    mount.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", mount], check=True)
    try:
        run = mount / "run"
        code, output = app.run(app.train(run))
        subprocess.run(["mount", "-o", "remount,size=64m", mount], check=True)
        return {"how": f"tmpfs of {kilobytes} KB", "exit": code,
                "problem": after_fault(app, run, code, output, expected)}  # fmt: skip
    finally:
        subprocess.run(["umount", mount], check=True)


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument(
        "--every", type=int, default=1, help="of the writes, only every N-th fails"
    )
    options.add_argument("--workers", type=int, default=1)
    arguments = options.parse_args()
    results = Results("write-faults", arguments.output)
    with scratch() as place, ThreadPoolExecutor(arguments.workers) as pool:
        app = Application(Path(place))
        code, output = app.run(app.train(app.scratch / "whole"))
        assert code == 0, output
        expected = fingerprint(app.scratch / "whole")
        work = [pool.submit(limited, app, size, expected) for size in (4, 16, 64, 256, 700)]
        if os.geteuid() == 0:
            work += [
                pool.submit(full, app, size, expected) for size in (64, 160, 320, 640, 1500, 2500)
            ]
        for call in CALLS:
            for number in range(1, count(app, call) + 1, arguments.every):
                work.append(pool.submit(injected, app, call, number, expected))
        for future in work:
            record = future.result()
            results.add(not record["problem"], **record)
            print(f"{results.cases} of {len(work)}", file=sys.stderr, flush=True)
    return results.end()


if __name__ == "__main__":
    sys.exit(main())
