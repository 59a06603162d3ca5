#!/usr/bin/env python3
"""Measures what several models, and several views of an image, change in accuracy on data/.

    python3 scripts/accuracy/ensembles.py [--presets notebook,fast] [--seeds 3]

Trains seeds of each preset into target/accuracy, then scores them alone, as ensembles of every two
and of all, and with shifted views of the images (evaluate --average-shifts). Scores go to
docs/effects.json, as those of effects.py; what is there is not made again. Prints a Markdown table:
the change is that to the mean of the same models alone.
"""

import argparse
import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import effects

SHIFTS = [1, 8]
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


def measurements(preset: str, seeds: range) -> list[tuple[str, tuple[int, ...], list[str]]]:
    """Name, seeds and options of everything there is to score; what is alone comes first."""
    all_of: list = [(f"{preset} alone", (seed,), []) for seed in seeds]
    for members in (2, len(seeds)):
        name = f"{preset}, ensemble of {members} seeds"
        all_of += [(name, chosen, []) for chosen in itertools.combinations(seeds, members)]
    for shift in SHIFTS:
        options = ["--average-shifts", str(shift)]
        all_of += [(f"{preset}, shifts up to {shift}", (seed,), options) for seed in seeds]
    return all_of


def key(name: str, seeds: tuple[int, ...]) -> str:
    return f"{name} | {'+'.join(map(str, seeds))}"


def measure(launcher: Path, preset: str, seeds: range) -> None:
    for name, members, options in measurements(preset, seeds):
        if key(name, members) not in effects.read_results():
            runs = [run_of(launcher, preset, seed) for seed in members]
            scores = evaluate(launcher, runs, *options)
            effects.write_results(effects.read_results() | {key(name, members): scores})
            text = f"{key(name, members)}: {scores['accuracy']:.4f}"
            print(text, file=sys.stderr, flush=True)


def table(preset: str, seeds: range) -> str:
    results = effects.read_results()
    lines = [
        f"| `{preset}` | scores | test accuracy | macro F1 | loss | change of accuracy |",
        "|---|---|---|---|---|---|",
    ]
    groups: dict[str, list] = {}
    for name, members, _ in measurements(preset, seeds):
        if key(name, members) in results:
            plain = [results[key(f"{preset} alone", (seed,))]["accuracy"] for seed in members]
            rows = groups.setdefault(name, [])
            rows.append((results[key(name, members)], sum(plain) / len(plain)))
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
    parser.add_argument("--seeds", type=int, default=3, help="seeds 1 to N")
    parser.add_argument("--launcher", type=Path, default=effects.HOME / "scripts" / "virus-mnist")
    given = parser.parse_args()
    seeds = range(1, given.seeds + 1)
    subprocess.run([given.launcher, "--version"], check=True, stdout=subprocess.DEVNULL)  # builds
    for preset in given.presets.split(","):
        measure(given.launcher, preset, seeds)
        print(table(preset, seeds))


if __name__ == "__main__":
    main()
