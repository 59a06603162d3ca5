"""``contract.json``: what a caller may rely on, written beside the SavedModel."""

from __future__ import annotations

import json
import platform

import keras
import tensorflow as tf

from exporter.classifier import Classifier
from exporter.mixture import Mixture
from exporter.network import INPUT_SIZE
from exporter.weights import Source

FORMAT = 1
"""Raised when a reader of an older format would misread the model."""

FILE_NAME = "contract.json"


def describe(
    classifier: Classifier | Mixture, source: Source, seed: int, signatures: dict, xla: bool
) -> str:
    """The text of ``contract.json`` for a model with these traced signatures."""
    document = {
        "format": FORMAT,
        "features": classifier.feature_count,
        "classes": classifier.classes,
        "input_size": INPUT_SIZE,
        "network_size": classifier.network.image_size,
        "blocks": classifier.network.blocks,
        "activation": classifier.activation,
        "seed": seed,
        "weights": source.description,
        "source_weights_sha256": source.sha256,
        "versions": {
            "keras": keras.__version__,
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
        },
        "signatures": {name: _signature(signatures[name]) for name in sorted(signatures)},
    }
    if isinstance(classifier, Mixture):
        document["head"] = classifier.describe()
    if classifier.network.palette is not None:
        document["palette"] = True
    if xla:
        document["xla"] = True
    if classifier.network.compute_dtype != tf.float32:
        document["compute_dtype"] = classifier.network.compute_dtype.name
    return json.dumps(document, indent=2) + "\n"


def _signature(function) -> dict:
    inputs = {tensor.name.split(":")[0]: tensor for tensor in _fed(function)}
    return {"inputs": _tensors(inputs), "outputs": _tensors(function.structured_outputs)}


def _fed(function) -> list:
    """The inputs of a traced function that a caller feeds: all but its variables."""
    captured = len(function.captured_inputs)
    return function.inputs[: len(function.inputs) - captured]


def _tensors(tensors: dict) -> dict:
    """Name -> dtype and shape; null stands for a dimension that the caller chooses."""
    return {
        name: {"dtype": tensor.dtype.name, "shape": tensor.shape.as_list()}
        for name, tensor in sorted(tensors.items())
    }
