"""Counts calls that change files, and lets one of them kill the process or fail: see faults.c."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("faults.c")


@dataclass(frozen=True)
class Call:
    """A call that changes a file: its number from 1, what it is called, and the path."""

    number: int
    name: str
    path: str

    def __str__(self) -> str:
        return f"{self.number} {self.name} {self.path}"


class Faults:
    """Makes a library of faults.c, and tells it what to do."""

    def __init__(self, scratch: Path) -> None:
        self.library = scratch / "faults.so"
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-o", self.library, SOURCE, "-ldl"], check=True
        )

    def environment(self, control: Path, log: Path | None = None) -> dict[str, str]:
        """Returns the environment of a process that does what a file says at any time."""
        logging = {} if log is None else {"FAULT_LOG": str(log)}
        return {"LD_PRELOAD": str(self.library), "FAULT_CONTROL": str(control)} | logging

    def counting(self, directory: Path, log: Path) -> dict[str, str]:
        """Returns the environment that lists the calls below a directory."""
        return self.environment(control(directory, 0, 0), log)

    def killing(self, directory: Path, number: int) -> dict[str, str]:
        """Returns the environment that kills before a call."""
        return self.environment(control(directory, number, 0))


def control(directory: Path, number: int, error: int, file: Path | None = None) -> Path:
    """Writes which call below a directory fails with an error, or is a kill where that is 0."""
    file = file or directory.with_name(f"{directory.name}.control")
    file.write_text(f"{number} {error} {directory}/\n")
    return file


def calls(log: Path, directory: Path) -> list[Call]:
    """Returns the calls that were listed, paths relative to the directory."""
    listed = []
    for number, line in enumerate(log.read_text().splitlines(), 1):
        name, path = line.split(" ", 1)
        listed.append(Call(number, name, path.removeprefix(f"{directory}/")))
    return listed


def of_one_checkpoint(listed: list[Call], name: str = "000004") -> list[Call]:
    """Returns the calls from the first that concerns a checkpoint to the last before the next.

    Among them are the pointers that move and an old checkpoint that goes.
    """
    following = f"{int(name) + 1:06d}"
    begin = next(i for i, call in enumerate(listed) if f"/.{name}." in call.path)
    end = next(i for i, call in enumerate(listed) if f"/.{following}." in call.path)
    return listed[begin:end]
