#!/usr/bin/env python3
"""Measures what several models, and several views of an image, change in accuracy on data/.

    python3 scripts/accuracy/ensembles.py [--presets notebook,fast] [--seeds 3] [--random-rows]

Trains seeds of each preset into target/accuracy, then scores them alone, as ensembles of every two
and of all, and with shifted views of the images (evaluate --average-shifts). Whole packages are
held out for validation, or with --random-rows rows. Scores go to docs/effects.json, as those of
effects.py; what is there is not made again. Prints a Markdown table: the change is that to the mean
of the same models alone.
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
RANDOM_ROWS = effects.RANDOM_ROWS
RUNS = effects.HOME / "target" / "accuracy"


def run_of(launcher: Path, trained: str, seed: int) -> Path:
    """Returns the run of a seed, trained if it is not there."""
    preset = trained.removesuffix(RANDOM_ROWS)
    run = RUNS / f"{preset}{'' if preset == trained else '-random'}-{seed}"
    if not (run / "report.html").exists():
        shutil.rmtree(run, ignore_errors=True)
        command = [launcher, "train", "--preset", preset, "--seed", str(seed), "--explain", "0"]
        if preset == trained:
            command += ["--groups", effects.HOME / "data" / "sources.csv.gz"]
        command += ["--device", "cpu"]
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


def measurements(trained: str, seeds: range) -> list[tuple[str, tuple[int, ...], list[str]]]:
    """Name, seeds and options of everything there is to score; what is alone comes first."""
    all_of: list = [(f"{trained} alone", (seed,), []) for seed in seeds]
    for members in (2, len(seeds)):
        name = f"{trained}, ensemble of {members} seeds"
        all_of += [(name, chosen, []) for chosen in itertools.combinations(seeds, members)]
    for shift in SHIFTS:
        options = ["--average-shifts", str(shift)]
        all_of += [(f"{trained}, shifts up to {shift}", (seed,), options) for seed in seeds]
    return all_of


def key(name: str, seeds: tuple[int, ...]) -> str:
    return f"{name} | {'+'.join(map(str, seeds))}"


def measure(launcher: Path, trained: str, seeds: range) -> None:
    for name, members, options in measurements(trained, seeds):
        if key(name, members) not in effects.read_results():
            runs = [run_of(launcher, trained, seed) for seed in members]
            scores = evaluate(launcher, runs, *options)
            effects.write_results(effects.read_results() | {key(name, members): scores})
            text = f"{key(name, members)}: {scores['accuracy']:.4f}"
            print(text, file=sys.stderr, flush=True)


def table(trained: str, seeds: range) -> str:
    results = effects.read_results()
    lines = [
        f"| `{trained}` | scores | test accuracy | macro F1 | loss | change of accuracy |",
        "|---|---|---|---|---|---|",
    ]
    groups: dict[str, list] = {}
    for name, members, _ in measurements(trained, seeds):
        if key(name, members) in results:
            plain = [results[key(f"{trained} alone", (seed,))]["accuracy"] for seed in members]
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
    parser.add_argument("--random-rows", action="store_true", help="validate on rows, not packages")
    parser.add_argument("--launcher", type=Path, default=effects.HOME / "scripts" / "virus-mnist")
    given = parser.parse_args()
    seeds = range(1, given.seeds + 1)
    subprocess.run([given.launcher, "--version"], check=True, stdout=subprocess.DEVNULL)  # builds
    for preset in given.presets.split(","):
        trained = preset + (RANDOM_ROWS if given.random_rows else "")
        measure(given.launcher, trained, seeds)
        print(table(trained, seeds))


if __name__ == "__main__":
    main()
