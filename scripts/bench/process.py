"""Runs a contender as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finished:
    """What a process that ended well took: seconds from its start, peak memory, its last line."""

    seconds: float
    peak_mib: float
    last_line: str

    def json(self) -> dict:
        return json.loads(self.last_line)


def run(command: list, log: Path, **environment: str) -> Finished:
    """Runs a command to its end; stderr goes to ``log``."""
    with log.open("a", encoding="utf-8") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2", **environment},
        )
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench: {command[0]} ended with {process.returncode}, see {log}")
    lines = output.strip().splitlines()
    return Finished(seconds, usage.ru_maxrss / 1024, lines[-1] if lines else "")


def python(module: str, *arguments) -> list:
    """The command line of one of our own modules in this interpreter."""
    return [sys.executable, "-m", f"bench.peers.{module}", *arguments]
