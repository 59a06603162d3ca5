"""A learned palette: grey at first, trained with the base, left alone by the head."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from conftest import SEED
from exporter import folding, losses, saving
from exporter.classifier import Classifier
from exporter.weights import Source
from keras_reference import folded_model
from saved import Saved, random_batch

BATCHES = np.arange(12).reshape(3, 4)
GREYS = np.repeat(np.arange(256, dtype=np.float32)[:, np.newaxis] / np.float32(255), 3, axis=1)


@pytest.fixture(scope="module")
def coloured(tiny_base, tmp_path_factory) -> Saved:
    output = tmp_path_factory.mktemp("palette") / "model"
    plan = folding.fold(tiny_base)
    classifier = Classifier(plan, 10, losses.SOFTMAX, SEED, palette=True)
    saving.save(classifier, Source(tiny_base, "test", None), SEED, output, overwrite=False)
    return Saved(output, plan)


@pytest.fixture(autouse=True)
def exported(coloured):
    coloured.restore_base()
    yield
    coloured.restore_base()


@pytest.fixture
def grey_batch():
    images, labels = random_batch()
    images[...] = images[..., :1]
    return images, labels


def palette(saved) -> np.ndarray:
    return saved.model.network.palette.numpy()


def test_before_training_it_is_the_model_without(coloured, tiny, grey_batch):
    np.testing.assert_array_equal(palette(coloured), GREYS)
    images, labels = grey_batch
    tiny.restore_base()
    for signature, inputs in (
        ("serving_default", {}),
        ("features", {}),
        ("explain", {"classes": labels, "steps": 8}),
    ):
        mine, theirs = (m.call(signature, images=images, **inputs) for m in (coloured, tiny))
        for name in theirs:
            np.testing.assert_allclose(mine[name], theirs[name], atol=1e-6)


def test_three_steps_of_fine_tune_equal_keras_with_an_embedding(coloured, grey_batch):
    images, labels = grey_batch
    network = folded_model(coloured.plan, coloured.head, trainable_base=True)
    symbols = keras.Input((32, 32), dtype="int32")
    embedding = layers.Embedding(256, 3)
    model = keras.Model(symbols, network(embedding(symbols)))
    embedding.set_weights([GREYS])
    optimizer = keras.optimizers.Adam(1e-3)
    cross_entropy = keras.losses.SparseCategoricalCrossentropy()
    expected = []
    for rows in BATCHES:
        with tf.GradientTape() as tape:
            loss = cross_entropy(labels[rows], model(images[rows][..., 0]))
        variables = model.trainable_variables
        # Dense: Keras squares an embedding's sparse gradient before it adds up equal symbols.
        gradients = map(tf.convert_to_tensor, tape.gradient(loss, variables))
        optimizer.apply_gradients(zip(gradients, variables))
        expected.append(float(loss))
    actual = coloured.train("fine_tune", images, labels, BATCHES)
    np.testing.assert_allclose(actual["losses"], expected, atol=1e-5)
    np.testing.assert_allclose(palette(coloured), embedding.get_weights()[0], atol=2e-5)
    for name, arrays in {**coloured.base(), "head": coloured.head}.items():
        for mine, theirs in zip(arrays, network.get_layer(name).get_weights()):
            np.testing.assert_allclose(mine, theirs, atol=2e-5, rtol=0)
    assert np.abs(palette(coloured) - GREYS).max() > 1e-4


def test_it_is_the_first_block_and_part_of_the_base(coloured, grey_batch):
    images, labels = grey_batch
    contract = json.loads((coloured.path / "contract.json").read_text())
    assert contract["palette"] is True
    assert contract["blocks"] == ["palette", "Conv1", "depthwise", "project", "Conv_1"]
    parts = {"base_learning_rates": np.full(3, 1e-3)}
    coloured.train("train", images, labels, BATCHES)
    coloured.train("fine_tune_parts", images, labels, BATCHES, trainable_blocks=4, **parts)
    np.testing.assert_array_equal(palette(coloured), GREYS)
    coloured.train("fine_tune_parts", images, labels, BATCHES, trainable_blocks=5, **parts)
    assert not np.array_equal(palette(coloured), GREYS)


def test_attributions_add_up_after_training(coloured, grey_batch):
    images, labels = grey_batch
    coloured.train("fine_tune", images, labels, BATCHES, rate=0.05)
    result = coloured.call("explain", images=images, classes=labels, steps=300)
    change = result["logits"] - result["baseline_logits"]
    sums = result["attributions"].sum((1, 2))
    np.testing.assert_allclose(sums, change, atol=0.02 * np.abs(change).max())
    black = coloured.call("explain", images=images * 0, classes=labels, steps=2)
    assert not black["attributions"].any()
