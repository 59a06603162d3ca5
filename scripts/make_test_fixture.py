#!/usr/bin/env python3
"""Writes the tiny SavedModels of the Java tests, and what Keras computes with them.

    python scripts/make_test_fixture.py

Each is the real exporter applied to a network of four convolutions instead of MobileNetV2: the same
signatures, 8 features, loaded in milliseconds. ``NAME-golden.json`` holds a few images (base64 of
uint8 [N,32,32,3]) and the numbers to expect. Those named ``keras`` come from Keras layers before
folding and from Keras's own loss and Adam; those named ``graph`` from the signatures in Python.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from exporter import contract, folding, losses, saving
from exporter.classifier import Classifier
from exporter.weights import Source, sha256_of

RESOURCES = Path(__file__).resolve().parent.parent / "src/test/resources/savedmodel"
VARIANTS = {"tiny": (10, losses.SOFTMAX), "tiny-3-sigmoid": (3, losses.SIGMOID)}
SEED = 42
ROWS = 8
BATCHES = [[0, 1, 2, 3], [4, 5, 6, 7], [1, 6, 3, -1]]
LEARNING_RATES = [0.01, 0.02, 0.005]
BASE_RATE_FACTOR = 0.25
TRAINABLE_BLOCKS = 2


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the SavedModels of the Java tests.")
    parser.add_argument("--output", type=Path, default=RESOURCES, metavar="DIR")
    output = parser.parse_args().output
    for name in VARIANTS:
        write(name, output)
        print(f"wrote {output / name}")
    return 0


def write(name: str, output: Path) -> None:
    """Writes ``output/NAME/`` and ``output/NAME-golden.json``."""
    classes, activation = VARIANTS[name]
    base = tiny_base(np.random.default_rng(SEED))
    classifier = Classifier(folding.fold(base), classes, activation, SEED)
    source = Source(base, "random test fixture", None)
    saving.save(classifier, source, SEED, output / name, overwrite=True)
    document = golden(base, output / name, classes, activation)
    text = json.dumps(document, indent=1) + "\n"
    (output / f"{name}-golden.json").write_text(text, encoding="utf-8")


def tiny_base(rng: np.random.Generator) -> keras.Model:
    """One of each kind of MobileNetV2's layers, 8 features, every weight and statistic random."""
    image = keras.Input((32, 32, 3), name="image")
    x = _normalized(layers.Conv2D(4, 3, 2, "same", use_bias=False, name="Conv1")(image), relu=True)
    x = layers.ZeroPadding2D(((0, 1), (0, 1)), name="pad")(x)
    x = layers.DepthwiseConv2D(3, 2, use_bias=False, name="depthwise")(x)
    x = _normalized(x, relu=True)
    residual = _normalized(layers.Conv2D(4, 1, use_bias=False, name="project")(x))
    x = layers.Add(name="add")([x, residual])
    x = _normalized(layers.Conv2D(8, 1, use_bias=False, name="Conv_1")(x), relu=True)
    base = keras.Model(image, x, name="tiny")
    randomize(base, rng)
    return base


def randomize(
    model: keras.Model, rng: np.random.Generator, gamma=(0.5, 3), variance=(0.2, 1)
) -> None:
    """Gives every kernel and BatchNorm statistic a random value; ranges are of uniform draws."""
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            width = layer.gamma.shape[0]
            scales, variances = rng.uniform(*gamma, width), rng.uniform(*variance, width)
            shifts, means = rng.normal(0, 0.3, (2, width))
            layer.set_weights([scales, shifts, means, variances])
        elif layer.weights:
            depthwise = isinstance(layer, layers.DepthwiseConv2D)
            shape = layer.kernel.shape
            fan_in = np.prod(shape[:2]) if depthwise else np.prod(shape[:3])
            layer.set_weights([rng.normal(0, np.sqrt(2 / fan_in), shape)])


def _normalized(x, relu: bool = False):
    x = layers.BatchNormalization(epsilon=1e-3)(x)
    return layers.ReLU(6.0)(x) if relu else x


def sample_images() -> np.ndarray:
    """uint8 [8,32,32,3], grey as Java's: stripes whose steepness differs by row and column.

    The first has one lit pixel, in row 3, column 17.
    """
    image, row, column = np.indices((ROWS, 32, 32))
    images = (row * (37 + 20 * image) + column * (3 + 2 * image)) % 256
    images[0] = 0
    images[0, 3, 17] = 255
    return np.repeat(images[..., np.newaxis], 3, axis=-1).astype(np.uint8)


def golden(base: keras.Model, model: Path, classes: int, activation: str) -> dict:
    """The numbers the Java tests compare with."""
    rng = np.random.default_rng(SEED + 1)
    images = sample_images()
    labels = rng.integers(0, classes, ROWS).astype(np.int32)
    loaded = tf.saved_model.load(str(model))
    return {
        "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        "sha256": {
            str(path.relative_to(model)): sha256_of(path)
            for path in sorted(model.rglob("*"))
            if path.is_file() and path.name != contract.FILE_NAME
        },
        "seed": SEED,
        "images": base64.b64encode(images.tobytes()).decode("ascii"),
        "labels": labels.tolist(),
        "batches": BATCHES,
        "learning_rates": LEARNING_RATES,
        "keras": _by_keras(base, loaded, images, labels, activation),
        "graph": _by_graph(loaded, model, images, labels, classes),
    }


def _by_keras(base, loaded, images, labels, activation) -> dict:
    """Features, a fresh head's probabilities and losses, and three steps of Keras's Adam."""
    features = np.asarray(tf.reduce_mean(base(images / np.float32(255)), (1, 2)))
    loaded.signatures["initialize"](seed=tf.constant(SEED, tf.int64))
    kernel, bias = loaded.kernel.numpy(), loaded.bias.numpy()
    head = keras.Sequential([keras.Input(features.shape[1:]), layers.Dense(len(bias))])
    head.layers[0].set_weights([kernel, bias])
    optimizer = keras.optimizers.Adam()
    fresh = _keras_outputs(head, features, labels, activation)
    step_losses = []
    for rows, rate in zip(BATCHES, LEARNING_RATES):
        rows = [row for row in rows if row >= 0]
        optimizer.learning_rate = rate
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(_keras_losses(head, features[rows], labels[rows], activation))
        optimizer.apply_gradients(
            zip(tape.gradient(loss, head.trainable_variables), head.trainable_variables)
        )
        step_losses.append(float(loss))
    return {
        "features": features.tolist(),
        "head_kernel": kernel.tolist(),
        "fresh": fresh,
        "train_losses": step_losses,
        "trained": _keras_outputs(head, features, labels, activation),
    }


def _keras_outputs(head, features, labels, activation) -> dict:
    probabilities = losses.probabilities(head(features), activation)
    per_row = _keras_losses(head, features, labels, activation)
    return {"probabilities": probabilities.numpy().tolist(), "losses": per_row.numpy().tolist()}


def _keras_losses(head, features, labels, activation) -> tf.Tensor:
    """Keras's sparse categorical cross-entropy of what a head with ``activation`` outputs."""
    logits = head(features)
    cross_entropy = keras.losses.sparse_categorical_crossentropy
    if activation == losses.SOFTMAX:
        return cross_entropy(labels, logits, from_logits=True)
    return cross_entropy(labels, tf.nn.sigmoid(logits))


def _restore(loaded, model: Path) -> None:
    """Undoes fine-tuning: base, head and optimizers as exported."""
    tf.train.Checkpoint(loaded).read(str(model / "variables/variables")).expect_partial()


def _by_graph(loaded, model, images, labels, classes) -> dict:
    """What the signatures give where Keras has no counterpart: regularised steps, explanations."""
    signatures = loaded.signatures
    plain = {"dropout": 0.0, "label_smoothing": 0.0, "weight_decay": 0.0}
    regularised = {"dropout": 0.25, "label_smoothing": 0.1, "weight_decay": 0.05}
    weights = np.linspace(0.5, 1.5, classes).astype(np.float32)
    explained = signatures["explain"](
        images=tf.constant(images),
        classes=tf.constant(labels),
        steps=tf.constant(32),
    )
    result = {"class_weights": weights.tolist(), "regularisers": regularised}
    ones = np.ones_like(weights)
    rates = np.multiply(LEARNING_RATES, BASE_RATE_FACTOR).astype(np.float32)
    parts = {"base_learning_rates": rates, "trainable_blocks": TRAINABLE_BLOCKS}
    for name, scalars, row_weights in (
        ("train", regularised, weights),
        ("fine_tune", plain, ones),
        ("fine_tune_parts", {**plain, **parts}, ones),
    ):
        _restore(loaded, model)
        signatures["initialize"](seed=tf.constant(SEED, tf.int64))
        steps = signatures[name](
            images=tf.constant(images),
            labels=tf.constant(labels),
            batches=tf.constant(BATCHES),
            learning_rates=tf.constant(LEARNING_RATES),
            class_weights=tf.constant(row_weights),
            seed=tf.constant(SEED, tf.int64),
            **{key: tf.constant(value) for key, value in scalars.items()},
        )
        after = signatures["serving_default"](images=tf.constant(images))
        result[name] = {
            "losses": steps["losses"].numpy().tolist(),
            "correct": steps["correct"].numpy().tolist(),
            "probabilities": after["probabilities"].numpy().tolist(),
        }
    result["fine_tune_parts"] |= {
        "base_rate_factor": BASE_RATE_FACTOR,
        "trainable_blocks": TRAINABLE_BLOCKS,
    }
    result["explain"] = {
        "steps": 32,
        "attribution_sums": tf.reduce_sum(explained["attributions"], (1, 2)).numpy().tolist(),
        "first_attribution_at_row_3_column_17": float(explained["attributions"][0, 3, 17]),
        "logits": explained["logits"].numpy().tolist(),
        "baseline_logits": explained["baseline_logits"].numpy().tolist(),
    }
    return result


if __name__ == "__main__":
    sys.exit(main())
