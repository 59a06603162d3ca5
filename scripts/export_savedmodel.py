#!/usr/bin/env python3
"""Exports MobileNetV2 with a dense head as a SavedModel that Java can train.

    python scripts/export_savedmodel.py --weights imagenet --output savedmodel/mobilenetv2-32

    python scripts/export_savedmodel.py --weights imagenet --head accurate --image-size 96 \\
        --output savedmodel/accurate

The signatures and what they mean are described in ``exporter/signatures.py`` and listed in the
``contract.json`` written into the output directory.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")  # an export computes next to nothing

import tensorflow as tf

from exporter import folding, losses, saving, weights
from exporter.classifier import Classifier
from exporter.errors import ExportError
from exporter.mixture import IMAGE_WEIGHT, Mixture

EXIT_FAILED = 1
NOTEBOOK, ACCURATE = "notebook", "accurate"
SMALLEST_NETWORK = 32  # pixels; Keras's MobileNetV2 accepts no less


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    options = _parse(arguments)
    try:
        export(options)
    except ExportError as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_FAILED
    print(f"wrote {options.output}")
    return 0


def export(options: argparse.Namespace) -> None:
    """Builds, folds and writes the model that ``options`` describe."""
    saving.check_output(options.output, options.overwrite)
    source = weights.load(options.weights, options.image_size, options.seed)
    plan = folding.fold(source.model)
    classifier = _classifier(plan, options)
    saving.save(classifier, source, options.seed, options.output, options.overwrite, options.xla)


def _classifier(plan: folding.Plan, options: argparse.Namespace) -> Classifier | Mixture:
    if options.head == ACCURATE:
        return Mixture(plan, options.classes, options.seed, image_weight=options.image_weight)
    return Classifier(
        plan,
        options.classes,
        options.activation,
        options.seed,
        tf.as_dtype(options.compute_dtype),
        options.palette,
    )


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Export MobileNetV2 with training ops as a SavedModel.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument(
        "--weights",
        default=weights.IMAGENET,
        metavar="imagenet|FILE.h5|none",
        help="download by Keras, a file with a Keras MobileNetV2 1.0, or random",
    )
    parser.add_argument(
        "--image-size",
        type=_at_least(SMALLEST_NETWORK),
        default=SMALLEST_NETWORK,
        metavar="PIXELS",
        help="network resolution; 32x32 images are resized to it in the graph",
    )
    parser.add_argument("--classes", type=_at_least(2), default=10, help="classes of the head")
    parser.add_argument(
        "--activation",
        choices=(losses.SOFTMAX, losses.SIGMOID),
        default=losses.SOFTMAX,
        help="of the head",
    )
    parser.add_argument(
        "--head",
        choices=(NOTEBOOK, ACCURATE),
        default=NOTEBOOK,
        help="a dense layer on grey images, or bytes read as symbols beside the network",
    )
    parser.add_argument(
        "--compute-dtype",
        choices=("float32", "bfloat16"),
        default="float32",
        help="of the network's convolutions; for GPUs, where TensorFlow cannot rewrite a graph to "
        "bfloat16. Weights, head and losses are float32 always",
    )
    parser.add_argument(
        "--palette",
        action="store_true",
        help="give each byte a colour that fine-tuning learns, grey at first",
    )
    parser.add_argument(
        "--image-weight",
        type=_weight,
        default=IMAGE_WEIGHT,
        metavar="WEIGHT",
        help="of the network's probabilities beside the bytes' in the accurate head; with 0 the "
        "network has no say",
    )
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="to be written")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing model")
    parser.add_argument(
        "--xla",
        action="store_true",
        help="let XLA compile network and training step at their first call; on a GPU that needs "
        "ptxas and libdevice of CUDA, which no jar has",
    )
    parser.add_argument("--seed", type=int, default=42, help="of the exported head")
    options = parser.parse_args(arguments)
    if options.head == ACCURATE and options.activation != losses.SOFTMAX:
        parser.error(
            f"--activation is {options.activation!r}, expected softmax with --head accurate"
        )
    if options.head == ACCURATE and options.compute_dtype != "float32":
        parser.error(
            f"--compute-dtype is {options.compute_dtype!r}, expected float32 with --head accurate: "
            "it standardises each feature by its mean and deviation"
        )
    if options.head == ACCURATE and options.palette:
        parser.error("--palette is given, expected it without --head accurate, which sees bits")
    if options.head != ACCURATE and options.image_weight != IMAGE_WEIGHT:
        parser.error("--image-weight is given, expected it with --head accurate")
    return options


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not 0 <= weight < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 0 or more")
    return weight


def _at_least(smallest: int):
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) < smallest:
            raise argparse.ArgumentTypeError(f"{text!r} is not an integer of {smallest} or more")
        return int(text)

    return parse


if __name__ == "__main__":
    sys.exit(main())
