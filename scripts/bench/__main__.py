"""Command line of the measurements; see ``run`` beside this file."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import data, machine, process
from bench.parts import PARTS
from bench.place import Place
from bench.statistics import turns

HOME = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    place = _prepare(options)
    results = _results(options.output, options.append)

    def chosen(contenders: dict) -> Iterator[tuple[str, object]]:
        wanted = {name: run for name, run in contenders.items() if re.search(options.match, name)}
        return turns(wanted, options.rounds)

    for part in options.parts:
        for measurement, value in PARTS[part](place, chosen):
            results["samples"].setdefault(part, {}).setdefault(measurement, []).append(value)
            print(f"{part:8} {measurement:40} {json.dumps(value)}", flush=True)
            options.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


def _prepare(options: argparse.Namespace) -> Place:
    place = Place(HOME, options.work)
    place.work.mkdir(parents=True, exist_ok=True)
    place.csv.update(data.write_pair(HOME / "data", place.work / "data"))
    if not place.onnx.is_file():
        print("bench: converting the model for the peers", file=sys.stderr)
        process.run(
            process.python("convert", place.model, place.onnx.parent), place.work / "convert.log"
        )
    return place


def _results(output: Path, append: bool) -> dict:
    if append and output.is_file():
        return json.loads(output.read_text(encoding="utf-8"))
    output.parent.mkdir(parents=True, exist_ok=True)
    return {"machine": machine.describe(HOME), "samples": {}}


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench/run",
        description="Measure the application against its peers, interleaved and repeated.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument(
        "--parts",
        type=lambda text: text.split(","),
        default=list(PARTS),
        metavar="NAME,...",
        help=f"of {', '.join(PARTS)}",
    )
    parser.add_argument("--match", default="", metavar="REGEX", help="measure only what matches")
    parser.add_argument("--rounds", type=int, default=3, help="times that everything is measured")
    parser.add_argument(
        "--output",
        type=Path,
        default=HOME / "target/bench/results.json",
        metavar="FILE",
        help="every value measured",
    )
    parser.add_argument("--append", action="store_true", help="add rounds to what --output has")
    parser.add_argument(
        "--work",
        type=Path,
        default=HOME / "target/bench",
        metavar="DIR",
        help="for data, models of the peers and logs; 3 GB with --parts growth",
    )
    options = parser.parse_args(arguments)
    for part in options.parts:
        if part not in PARTS:
            parser.error(f"--parts has {part!r}, expected some of {', '.join(PARTS)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
