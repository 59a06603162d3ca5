#!/usr/bin/env python3
"""Measures what each option of train changes in accuracy on data/.

    python3 scripts/accuracy/effects.py [--presets notebook,fast] [--sets head,base] [--seeds 5]
    python3 scripts/accuracy/effects.py --sets presets|sizes|parts

Runs train with every option of the sets and every seed, packages kept out of validation, and keeps
the score of every run in docs/effects.json: a run that is there is not run again, so the command
may be stopped and started. Prints a Markdown table: mean and standard deviation over the seeds, and
the difference to the preset alone, seed by seed. Without --run it only prints what is there.

The sets presets, sizes and parts are runs as they are typed, with rows held out at random; their
table has the score of each seed, and --presets says nothing to them. The model of parts is exported
before, with

    python scripts/export_savedmodel.py --head accurate --image-size 96 --image-weight 0 \\
        --output target/accuracy/bytes

Another option is one more line in OPTIONS or AS_TYPED.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
RESULTS = HOME / "docs" / "effects.json"

# Set, name, options of train. "head" trains on cached features, "base" runs the base in every step.
OPTIONS = [
    ("head", "nothing", ""),
    ("head", "dropout 0.2", "--dropout 0.2"),
    ("head", "dropout 0.5", "--dropout 0.5"),
    ("head", "label smoothing 0.05", "--label-smoothing 0.05"),
    ("head", "label smoothing 0.1", "--label-smoothing 0.1"),
    ("head", "weight decay 0.02", "--weight-decay 0.02"),
    ("head", "weight decay 0.2", "--weight-decay 0.2"),
    ("head", "class weights", "--class-weights balanced"),
    ("head", "cosine, 50 steps of warm-up", "--schedule cosine --warmup-steps 50"),
    ("head", "plateau, 40 epochs", "--schedule plateau --epochs 40"),
    ("head", "40 epochs", "--epochs 40"),
    ("head", "early stopping 3, 40 epochs", "--early-stopping 3 --epochs 40"),
    ("head", "mean of the last 5 epochs", "--average-epochs 5"),
    ("head", "learning rate 0.003", "--learning-rate 0.003"),
    ("base", "fine-tuning, 2 epochs", "--fine-tune-epochs 2"),
    ("base", "the same, rate 0.00003", "--fine-tune-epochs 2 --fine-tune-learning-rate 3e-5"),
    ("base", "the same, last 5 blocks", "--fine-tune-epochs 2 --fine-tune-blocks 5"),
    (
        "base",
        "the same, head 0.001, base 0.0001",
        "--fine-tune-epochs 2 --fine-tune-learning-rate 0.001 --base-learning-rate 0.0001",
    ),
    ("base", "the same, shifts to 16", "--fine-tune-epochs 2 --augment-shift 16"),
    ("base", "the same, noise to 0.1", "--fine-tune-epochs 2 --augment-noise 0.1"),
    ("base", "the same, cutout of 128", "--fine-tune-epochs 2 --augment-cutout 128"),
    ("base", "the same, mixup 0.2", "--fine-tune-epochs 2 --mixup 0.2"),
]

# Set, name, preset, options: runs as they are typed.
AS_TYPED = [
    ("presets", "`notebook`", "notebook", ""),
    ("presets", "`fast`", "fast", ""),
    ("presets", "`accurate`", "accurate", ""),
    ("sizes", "32 pixels (`notebook`)", "notebook", ""),
    ("sizes", "96 pixels", "notebook", "--model savedmodel/mobilenetv2-96"),
    ("parts", "byte branch alone", "accurate", "--model target/accuracy/bytes"),
    ("parts", "both, as in `accurate`", "accurate", ""),
]

RANDOM_ROWS = ", rows held out at random"

# What a preset says already.
PART_OF_PRESET = {"fast": ["--schedule cosine --warmup-steps 50", "--learning-rate 0.003"]}


def key(preset: str, options: str, seed: int) -> str:
    return f"{preset} | {options} | {seed}"


def of_preset(preset: str, options: list) -> list[tuple[str, str]]:
    """Names and options that change something in a preset."""
    known = PART_OF_PRESET.get(preset, [])
    return [(name, arguments) for _, name, arguments in options if arguments not in known]


def read_results() -> dict:
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def write_results(results: dict) -> None:
    """Replaces the file in one step: it is whole whenever this is stopped."""
    beside = RESULTS.with_suffix(f".{os.getpid()}.tmp")
    beside.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    beside.replace(RESULTS)


def train(launcher: Path, preset: str, options: str, seed: int) -> dict:
    """Runs train once and returns its scores on the test rows.

    A preset that ends in RANDOM_ROWS holds out rows, any other whole packages.
    """
    name = preset.removesuffix(RANDOM_ROWS)
    directory = Path(tempfile.mkdtemp(prefix="effects-"))
    try:
        command = [launcher, "train", "--preset", name, "--seed", str(seed), *options.split()]
        if name == preset:
            command += ["--groups", HOME / "data" / "sources.csv.gz"]
        command += [
            "--explain",
            "0",
            "--device",
            "cpu",
            "--quiet",
            "--json",
            "--run",
            directory / "run",
        ]
        done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, cwd=HOME)
        scores = json.loads(done.stdout)
        config = json.loads((directory / "run" / "config.json").read_text())
        return {
            "accuracy": scores["accuracy"],
            "macro_f1": scores["macro_f1"],
            "loss": scores["loss"],
            "revision": config["environment"]["revision"],
        }
    finally:
        shutil.rmtree(directory)


def run_missing(launcher: Path, presets: list[str], options: list, seeds: range) -> None:
    for preset in presets:
        for name, arguments in of_preset(preset, options):
            for seed in seeds:
                run_once(launcher, preset, name, arguments, seed)


def run_once(launcher: Path, preset: str, name: str, arguments: str, seed: int) -> None:
    """Runs train unless its score is there already."""
    if key(preset, arguments, seed) not in read_results():
        scores = train(launcher, preset, arguments, seed)
        write_results(read_results() | {key(preset, arguments, seed): scores})
        text = f"{preset}, {name}, seed {seed}: {scores['accuracy']:.4f}"
        print(text, file=sys.stderr, flush=True)


def run_as_typed(launcher: Path, rows: list, seeds: range) -> None:
    for _, name, preset, arguments in rows:
        for seed in seeds:
            run_once(launcher, preset + RANDOM_ROWS, name, arguments, seed)


def table_as_typed(rows: list, seeds: range) -> str:
    results = read_results()
    lines = ["| | test accuracy | macro F1 | each seed, from 1 |", "|---|---|---|---|"]
    for _, name, preset, arguments in rows:
        keys = [key(preset + RANDOM_ROWS, arguments, seed) for seed in seeds]
        scores = [results[key] for key in keys if key in results]
        if scores:
            accuracy = [score["accuracy"] for score in scores]
            f1 = spread([score["macro_f1"] for score in scores])
            each = ", ".join(f"{value:.3f}" for value in accuracy)
            lines.append(f"| {name} | {spread(accuracy)} | {f1} | {each} |")
    return "\n".join(lines) + "\n"


def spread(values: list[float], sign: str = "") -> str:
    deviation = statistics.stdev(values) if len(values) > 1 else 0.0
    return f"{statistics.mean(values):{sign}.3f} ± {deviation:.3f}"


def table(preset: str, options: list, seeds: range) -> str:
    results = read_results()
    lines = [
        f"| `{preset}` and | seeds | test accuracy | macro F1 | change of accuracy |",
        "|---|---|---|---|---|",
    ]
    for name, arguments in of_preset(preset, options):
        had = [seed for seed in seeds if key(preset, arguments, seed) in results]
        if not had:
            continue
        scores = [results[key(preset, arguments, seed)] for seed in had]
        plain = [results.get(key(preset, "", seed)) for seed in had]
        changes = [s["accuracy"] - p["accuracy"] for s, p in zip(scores, plain) if p]
        shown = f"{name}: `{arguments}`" if arguments else name
        change = spread(changes, "+") if arguments and changes else ""
        accuracy = spread([score["accuracy"] for score in scores])
        f1 = spread([score["macro_f1"] for score in scores])
        lines.append(f"| {shown} | {len(had)} | {accuracy} | {f1} | {change} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--presets", default="notebook,fast")
    parser.add_argument("--sets", default="head", help="by comma: head, base, presets, ...")
    parser.add_argument("--seeds", type=int, default=5, help="seeds 1 to N")
    parser.add_argument("--run", action="store_true", help="run what is missing before")
    parser.add_argument("--launcher", type=Path, default=HOME / "scripts" / "virus-mnist")
    given = parser.parse_args()
    presets = given.presets.split(",")
    sets = given.sets.split(",")
    options = [option for option in OPTIONS if option[0] in sets]
    as_typed = [row for row in AS_TYPED if row[0] in sets]
    seeds = range(1, given.seeds + 1)
    if given.run:
        launcher = given.launcher.resolve()
        subprocess.run([launcher, "--version"], check=True, stdout=subprocess.DEVNULL)  # builds
        run_missing(launcher, presets, options, seeds)
        run_as_typed(launcher, as_typed, seeds)
    for preset in presets if options else []:
        print(table(preset, options, seeds))
    for name in dict.fromkeys(row[0] for row in as_typed):
        print(table_as_typed([row for row in as_typed if row[0] == name], seeds))


if __name__ == "__main__":
    main()
