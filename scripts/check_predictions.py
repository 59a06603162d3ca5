#!/usr/bin/env python3
"""Checks that a trained model gives Python the probabilities that the application wrote.

    python scripts/check_predictions.py runs/NAME TEST.csv

Loads ``RUN/model`` with ``tf.saved_model.load``, predicts the rows of the CSV and compares them
with ``RUN/predictions.csv``: order of the rows, hashes, predicted classes, every probability.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import pandas
import tensorflow as tf

from exporter.errors import ExportError

PIXELS = [f"pixel{i}" for i in range(1, 1025)]
BATCH = 256  # rows a call


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit code: 0 when everything agrees."""
    parser = argparse.ArgumentParser(
        description="Compare a run's predictions.csv with its model in Python.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("run", type=Path, help="directory with model/ and predictions.csv")
    parser.add_argument("data", type=Path, help="the CSV that was predicted, .gz or not")
    # The application's base has constants for weights, which TensorFlow packs and adds up in
    # another order: 7e-6 seen, where both with variables differed by 3e-8.
    parser.add_argument("--tolerance", type=float, default=2e-5, help="on every probability")
    options = parser.parse_args(arguments)
    try:
        difference = compare(options.run, options.data)
    except (ExportError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"largest difference {difference:.3g}, tolerance {options.tolerance:g}")
    return 0 if difference <= options.tolerance else 1


def compare(run: Path, data: Path) -> float:
    """The largest difference of any probability; everything else must be equal."""
    rows, written = (
        pandas.read_csv(path, dtype={"hash": str}).fillna({"hash": ""})
        for path in (data, run / "predictions.csv")
    )
    if len(written) != len(rows):
        raise ExportError(f"{run}/predictions.csv: {len(written)} rows, expected {len(rows)}")
    expected = predict(run / "model", rows[PIXELS].to_numpy(np.uint8))
    columns = [f"p{i}" for i in range(expected.shape[1])]
    _check_header(run, list(written.columns), columns)
    probabilities = written[columns].to_numpy(np.float64)
    difference = float(np.abs(probabilities - expected).max())
    order = written["row"].to_numpy()
    _check_equal(run, "row", order, order[0] + np.arange(len(rows)))
    for name in ("hash", "label"):
        if name in rows:
            _check_equal(run, name, written[name].to_numpy(), rows[name].to_numpy())
    _check_equal(run, "predicted", written["predicted"].to_numpy(), probabilities.argmax(1))
    largest = probabilities.max(1)
    _check_equal(run, "probability", written["probability"].to_numpy(), largest)
    return difference


def predict(model: Path, pixels: np.ndarray) -> np.ndarray:
    """uint8 [N,1024] grey -> float32 [N,C] by the model's default signature."""
    serve = tf.saved_model.load(str(model)).signatures["serving_default"]
    images = pixels.reshape(-1, 32, 32, 1).repeat(3, axis=3)
    batches = (images[start : start + BATCH] for start in range(0, len(images), BATCH))
    return np.concatenate(
        [serve(images=tf.constant(batch))["probabilities"].numpy() for batch in batches]
    )


def _check_header(run: Path, found: list[str], probabilities: list[str]) -> None:
    expected = ["row", "hash", "label", "predicted", "probability", *probabilities]
    if found != expected:
        raise ExportError(f"{run}/predictions.csv: columns {found}, expected {expected}")


def _check_equal(run: Path, name: str, found: np.ndarray, expected: np.ndarray) -> None:
    differing = np.flatnonzero(found != expected)
    if len(differing):
        row = differing[0]
        raise ExportError(
            f"{run}/predictions.csv: {name} of row {row} is {found[row]}, expected {expected[row]}"
        )


if __name__ == "__main__":
    sys.exit(main())
