#!/usr/bin/env python3
"""Each file of the newest checkpoint truncated, with one bit flipped, or missing.

The damage must be named and the checkpoint before it used, to the same end.
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

from harness import Application, CommandLoop, Results, fingerprint, parser, scratch


def damages(file: Path, rng: random.Random):
    """Returns ways of damaging a file by name."""
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return {
        "truncated": lambda: file.write_bytes(whole[: rng.randrange(len(whole))]),
        "empty": lambda: file.write_bytes(b""),
        "bit flipped": lambda: file.write_bytes(bytes(flipped)),
        "missing": file.unlink,
    }


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--cases", type=int, default=1000, help="stop after so many")
    arguments = options.parse_args()
    rng = random.Random(arguments.seed)
    results = Results("damage", arguments.output)
    with scratch() as place:
        app = Application(Path(place))
        loop = CommandLoop(app, {})
        whole = app.scratch / "whole"
        code, output = loop.run(app.train(whole))
        assert code == 0, output
        expected = fingerprint(whole)
        newest = (whole / "checkpoints/LATEST").read_text().strip()
        names = sorted(path.name for path in (whole / "checkpoints" / newest).iterdir())
        cases = [
            (name, how)
            for name in names
            for how in damages(whole / "checkpoints" / newest / name, rng)
        ]
        for name, how in cases[: arguments.cases]:
            run = app.scratch / "damaged"
            shutil.copytree(whole, run)
            damages(run / "checkpoints" / newest / name, rng)[how]()
            code, output = loop.run(app.resume(run))
            seen = f"checkpoint {run}/checkpoints/{newest} is damaged" in output
            same = code == 0 and fingerprint(run) == expected
            results.add(
                code == 0 and seen and same, file=name, how=how, exit=code, seen=seen, same=same
            )
            shutil.rmtree(run)
        loop.close()
    return results.end()


if __name__ == "__main__":
    sys.exit(main())
