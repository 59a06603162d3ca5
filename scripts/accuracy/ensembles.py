#!/usr/bin/env python3
"""Measures what several models, and several views of an image, change in accuracy on data/.

    python3 scripts/accuracy/ensembles.py [--presets notebook,fast]

Trains nine seeds of each preset into target/accuracy, then scores them alone, as three ensembles of
three seeds each, and the first three with shifted views (evaluate --average-shifts). Scores go to
docs/effects.json, as those of effects.py; what is there is not made again. Prints a Markdown table.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import effects

SEEDS = range(1, 10)
MEMBERS = 3
SHIFTS = [1, 2, 8]
RUNS = effects.HOME / "target" / "accuracy"


def run_of(launcher: Path, preset: str, seed: int) -> Path:
    """Returns the run of a seed, trained if it is not there."""
    run = RUNS / f"{preset}-{seed}"
    if not (run / "report.html").exists():
        shutil.rmtree(run, ignore_errors=True)
        command = [launcher, "train", "--preset", preset, "--seed", str(seed), "--explain", "0"]
        command += ["--groups", effects.HOME / "data" / "sources.csv.gz", "--device", "cpu"]
        subprocess.run([*command, "--quiet", "--run", run], check=True, stdout=subprocess.DEVNULL)
    return run


def evaluate(launcher: Path, runs: list[Path], *options: str) -> dict:
    command = [launcher, "evaluate", "--data", effects.HOME / "data" / "test.csv.gz", *options]
    for run in runs:
        command += ["--model", run]
    command += ["--device", "cpu", "--quiet", "--json"]
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
    scores = json.loads(done.stdout)
    return {name: scores[name] for name in ("accuracy", "macro_f1", "loss")}


def measurements(preset: str) -> list[tuple[str, int, list[int], list[str]]]:
    """Name, number, seeds and options of everything there is to score."""
    all_of = [(f"{preset} alone", seed, [seed], []) for seed in SEEDS]
    for number in range(1, len(SEEDS) // MEMBERS + 1):
        first = MEMBERS * (number - 1) + 1
        members = list(range(first, first + MEMBERS))
        all_of.append((f"{preset}, ensemble of {MEMBERS} seeds", number, members, []))
    for shift in SHIFTS:
        for seed in SEEDS[:3]:
            options = ["--average-shifts", str(shift)]
            all_of.append((f"{preset}, shifts up to {shift}", seed, [seed], options))
    return all_of


def measure(launcher: Path, preset: str) -> None:
    for name, number, seeds, options in measurements(preset):
        key = f"{name} | {number}"
        if key not in effects.read_results():
            runs = [run_of(launcher, preset, seed) for seed in seeds]
            scores = evaluate(launcher, runs, *options)
            effects.write_results(effects.read_results() | {key: scores})
            print(f"{key}: {scores['accuracy']:.4f}", file=sys.stderr, flush=True)


def table(preset: str) -> str:
    results = effects.read_results()
    lines = [
        f"| `{preset}` | scores | test accuracy | macro F1 | loss | change of accuracy |",
        "|---|---|---|---|---|---|",
    ]
    groups: dict[str, list] = {}
    for name, number, seeds, _ in measurements(preset):
        if f"{name} | {number}" in results:
            plain = [results[f"{preset} alone | {seed}"]["accuracy"] for seed in seeds]
            scores = results[f"{name} | {number}"]
            groups.setdefault(name, []).append((scores, sum(plain) / len(plain)))
    for name, rows in groups.items():
        cells = [
            effects.spread([scores[key] for scores, _ in rows])
            for key in ("accuracy", "macro_f1", "loss")
        ]
        change = effects.spread([scores["accuracy"] - plain for scores, plain in rows], "+")
        last = "" if name.endswith("alone") else change
        lines.append(f"| {name} | {len(rows)} | {' | '.join(cells)} | {last} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--presets", default="notebook,fast")
    parser.add_argument("--launcher", type=Path, default=effects.HOME / "scripts" / "virus-mnist")
    given = parser.parse_args()
    subprocess.run([given.launcher, "--version"], check=True, stdout=subprocess.DEVNULL)  # builds
    for preset in given.presets.split(","):
        measure(given.launcher, preset)
        print(table(preset))


if __name__ == "__main__":
    main()
