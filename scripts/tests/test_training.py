"""The training signatures equal Keras."""

import keras
import numpy as np
import pytest

from keras_reference import folded_model, head_model, train
from saved import random_batch

BATCHES = np.arange(12).reshape(3, 4)
WEIGHT_TOLERANCE = 1e-5
LOSS_TOLERANCE = 1e-4


@pytest.fixture
def features(tiny):
    images, labels = random_batch()
    tiny.initialize()
    return tiny.call("features", images=images)["features"], labels


def assert_heads_equal(saved, model):
    for actual, expected in zip(saved.head, model.get_layer("head").get_weights()):
        np.testing.assert_allclose(actual, expected, atol=WEIGHT_TOLERANCE, rtol=0)


def test_three_steps_of_train_head_equal_keras_adam(tiny, features):
    model = head_model(tiny.head)
    expected = train(model, *features, BATCHES)
    actual = tiny.train("train_head", *features, BATCHES)
    np.testing.assert_allclose(actual["losses"], expected, atol=1e-6)
    assert_heads_equal(tiny, model)


def test_train_head_on_mobilenet_features_equals_keras_adam(exported_mobilenet):
    saved = exported_mobilenet
    images, labels = random_batch()
    saved.initialize()
    features = saved.call("features", images=images)["features"]
    model = head_model(saved.head)
    train(model, features, labels, BATCHES)
    saved.train("train_head", features, labels, BATCHES)
    assert_heads_equal(saved, model)


def test_three_steps_of_train_equal_keras_with_a_frozen_base(exported_mobilenet):
    saved = exported_mobilenet
    images, labels = random_batch()
    saved.initialize()
    before = saved.base()
    model = folded_model(saved.plan, saved.head, trainable_base=False)
    expected = train(model, images / np.float32(255), labels, BATCHES)
    actual = saved.train("train", images, labels, BATCHES)
    np.testing.assert_allclose(actual["losses"], expected, atol=LOSS_TOLERANCE)
    assert_heads_equal(saved, model)
    for name, arrays in saved.base().items():
        np.testing.assert_array_equal(arrays[0], before[name][0])
        np.testing.assert_array_equal(arrays[1], before[name][1])


def test_three_steps_of_fine_tune_equal_keras_on_the_same_folded_layers(exported_mobilenet):
    saved = exported_mobilenet
    images, labels = random_batch()
    saved.initialize()
    model = folded_model(saved.plan, saved.head, trainable_base=True)
    expected = train(model, images / np.float32(255), labels, BATCHES)
    actual = saved.train("fine_tune", images, labels, BATCHES)
    np.testing.assert_allclose(actual["losses"], expected, atol=LOSS_TOLERANCE)
    arrays = {**saved.base(), "head": saved.head}
    saved.restore_base()
    pairs = [
        (mine, theirs, before)
        for name in arrays
        for mine, theirs, before in zip(
            arrays[name],
            model.get_layer(name).get_weights(),
            saved.head if name == "head" else saved.convolution(name),
        )
    ]
    mine, theirs, before = (np.concatenate([a.ravel() for a in arrays]) for arrays in zip(*pairs))
    assert np.mean(np.abs(mine - theirs) <= WEIGHT_TOLERANCE) >= 0.999
    assert np.mean(mine != before) > 0.5  # it did train the base


def test_each_step_uses_its_own_learning_rate(tiny, features):
    rates = np.array([1e-2, 0.0, 3e-3], np.float32)
    model = head_model(tiny.head)
    optimizer = keras.optimizers.Adam()
    model.compile(optimizer, "sparse_categorical_crossentropy")
    for rows, rate in zip(BATCHES, rates):
        optimizer.learning_rate = rate
        model.train_on_batch(features[0][rows], features[1][rows])
    tiny.train("train_head", *features, BATCHES, learning_rates=rates)
    assert_heads_equal(tiny, model)


def test_label_smoothing_equals_keras(tiny, features):
    model = head_model(tiny.head)
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.2)
    one_hot = np.eye(10, dtype=np.float32)[features[1]]
    expected = train(model, features[0], one_hot, BATCHES, loss=loss)
    actual = tiny.train("train_head", *features, BATCHES, label_smoothing=0.2)
    np.testing.assert_allclose(actual["losses"], expected, atol=1e-6)
    assert_heads_equal(tiny, model)


def test_weight_decay_equals_keras_adamw(tiny, features):
    model = head_model(tiny.head)
    optimizer = keras.optimizers.AdamW(1e-2, weight_decay=0.3)
    train(model, *features, BATCHES, optimizer=optimizer)
    tiny.train("train_head", *features, BATCHES, rate=1e-2, weight_decay=0.3)
    assert_heads_equal(tiny, model)


def test_weight_decay_of_fine_tune_reaches_the_base_as_keras_adamw(tiny):
    images, labels = random_batch()
    tiny.initialize()
    model = folded_model(tiny.plan, tiny.head, trainable_base=True)
    optimizer = keras.optimizers.AdamW(1e-3, weight_decay=0.3)
    train(model, images / np.float32(255), labels, BATCHES, optimizer=optimizer)
    tiny.train("fine_tune", images, labels, BATCHES, weight_decay=0.3)
    base = tiny.base()
    tiny.restore_base()
    for name, arrays in base.items():
        for actual, expected in zip(arrays, model.get_layer(name).get_weights()):
            np.testing.assert_allclose(actual, expected, atol=WEIGHT_TOLERANCE, rtol=0)


def test_class_weights_equal_keras(tiny, features):
    weights = np.linspace(0.2, 3.0, 10).astype(np.float32)
    model = head_model(tiny.head)
    expected = train(model, *features, BATCHES, class_weight=dict(enumerate(weights.tolist())))
    actual = tiny.train("train_head", *features, BATCHES, class_weights=weights)
    np.testing.assert_allclose(actual["losses"], expected, rtol=1e-5)
    assert_heads_equal(tiny, model)


def test_correct_counts_the_rows_that_were_right_before_the_step(tiny, features):
    probabilities = tiny.call("evaluate", features=features[0], labels=features[1])["probabilities"]
    labels = probabilities.argmax(1).astype(np.int32)
    labels[:3] = (labels[:3] + 1) % 10
    batches = np.array([[0, 1, 2, 3, 4, -1, -1]])
    actual = tiny.train("train_head", features[0], labels, batches)
    assert actual["correct"].tolist() == [2]


def test_evaluate_equals_keras_row_by_row(tiny, features):
    model = head_model(tiny.head)
    probabilities = model.predict(features[0], verbose=0)
    losses = keras.losses.sparse_categorical_crossentropy(features[1], probabilities)
    actual = tiny.call("evaluate", features=features[0], labels=features[1])
    np.testing.assert_allclose(actual["probabilities"], probabilities, atol=1e-6)
    np.testing.assert_allclose(actual["losses"], losses, atol=1e-5)


def test_serving_default_equals_evaluate_on_features(tiny):
    images, labels = random_batch()
    features = tiny.call("features", images=images)["features"]
    expected = tiny.call("evaluate", features=features, labels=labels)["probabilities"]
    actual = tiny.call("serving_default", images=images)["probabilities"]
    np.testing.assert_allclose(actual, expected, atol=1e-6)


def test_train_equals_train_head_on_cached_features(tiny, features):
    images, labels = random_batch()
    cached = tiny.train("train_head", *features, BATCHES)
    head = tiny.head
    tiny.initialize()
    streamed = tiny.train("train", images, labels, BATCHES)
    np.testing.assert_allclose(streamed["losses"], cached["losses"], atol=1e-6)
    for actual, expected in zip(tiny.head, head):
        np.testing.assert_allclose(actual, expected, atol=WEIGHT_TOLERANCE, rtol=0)


def test_a_base_trained_after_its_head_starts_with_the_bias_correction_of_a_first_step(tiny):
    images, labels = random_batch()
    features = tiny.call("features", images=images)["features"]
    tiny.initialize()
    tiny.train("train_head", features, labels, np.tile(BATCHES, (20, 1)))
    before = tiny.base()
    tiny.train("fine_tune", images, labels, BATCHES[:1], rate=1e-3)
    after = tiny.base()
    tiny.restore_base()
    moved = max(np.abs(after[n][i] - before[n][i]).max() for n in before for i in (0, 1))
    assert moved == pytest.approx(1e-3, rel=1e-2)  # Adam's first step is the learning rate
