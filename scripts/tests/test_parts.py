"""Fine-tuning with a learning rate of its own for the base, and of its last blocks alone."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

import placement
from conftest import HOME
from keras_reference import folded_model
from saved import random_batch

BATCHES = np.arange(12).reshape(3, 4)
HEAD_RATES = np.array([1e-2, 3e-3, 2e-3], np.float32)
BASE_RATES = np.array([1e-3, 2e-3, 5e-4], np.float32)
TINY_BLOCKS = ["Conv1", "depthwise", "project", "Conv_1"]
ALL = 99  # more blocks than there are


def tune(saved, batches=BATCHES, blocks=ALL, rates=HEAD_RATES, base_rates=BASE_RATES, **settings):
    """``fine_tune_parts`` from the exported state; returns its outputs and every variable."""
    images, labels = random_batch(classes=saved.classes)
    saved.restore_base()
    result = more(saved, images, labels, batches, blocks, rates, base_rates, **settings)
    after = saved.state()
    return result, after


def more(saved, images, labels, batches, blocks, rates, base_rates, **settings):
    return saved.train(
        "fine_tune_parts",
        images,
        labels,
        batches,
        learning_rates=rates,
        base_learning_rates=base_rates,
        trainable_blocks=blocks,
        **settings,
    )


def keras_steps(model, head_optimizer, base_optimizer, images, labels):
    """Keras with one optimizer for the head and one for what is trainable of the base."""
    head = model.get_layer("head").trainable_variables
    base = [v for layer in model.layers[:-1] for v in layer.trainable_variables]
    cross_entropy = keras.losses.SparseCategoricalCrossentropy()
    losses = []
    for rows, head_rate, base_rate in zip(BATCHES, HEAD_RATES, BASE_RATES):
        head_optimizer.learning_rate = head_rate
        base_optimizer.learning_rate = base_rate
        with tf.GradientTape() as tape:
            loss = cross_entropy(labels[rows], model(images[rows] / np.float32(255)))
        gradients = tape.gradient(loss, [*head, *base])
        head_optimizer.apply_gradients(zip(gradients, head))
        base_optimizer.apply_gradients(zip(gradients[len(head) :], base))
        losses.append(float(loss))
    return losses


def assert_states_equal(actual, expected):
    for mine, theirs in zip(actual, expected, strict=True):
        np.testing.assert_array_equal(mine, theirs)


@pytest.fixture(autouse=True)
def exported(tiny):
    yield
    tiny.restore_base()


@pytest.mark.parametrize("blocks", [1, 2, 3, ALL])
def test_three_steps_equal_two_optimizers_of_keras_on_layers_that_are_trainable(tiny, blocks):
    images, labels = random_batch()
    tiny.restore_base()
    model = folded_model(tiny.plan, tiny.head, trainable_base=False)
    for name in TINY_BLOCKS[-blocks:]:
        model.get_layer(name).trainable = True
    optimizers = [keras.optimizers.AdamW(weight_decay=0.3) for _ in range(2)]
    expected = keras_steps(model, *optimizers, images, labels)
    actual, _ = tune(tiny, blocks=blocks, weight_decay=0.3)
    np.testing.assert_allclose(actual["losses"], expected, atol=1e-5)
    for name, arrays in {**tiny.base(), "head": tiny.head}.items():
        for mine, theirs in zip(arrays, model.get_layer(name).get_weights()):
            np.testing.assert_allclose(mine, theirs, atol=2e-5, rtol=0)


def test_steps_on_mobilenet_equal_two_optimizers_of_keras(exported_mobilenet):
    saved, blocks = exported_mobilenet, 5
    images, labels = random_batch()
    saved.restore_base()
    before = saved.base()
    trained = [n for n in before if n.startswith(("block_13", "block_14", "block_15", "block_16"))]
    trained.append("Conv_1")
    model = folded_model(saved.plan, saved.head, trainable_base=False)
    for name in trained:
        model.get_layer(name).trainable = True
    optimizers = [keras.optimizers.Adam() for _ in range(2)]
    expected = keras_steps(model, *optimizers, images, labels)
    actual, _ = tune(saved, blocks=blocks)
    after = saved.base()
    saved.restore_base()
    np.testing.assert_allclose(actual["losses"], expected, rtol=1e-3)
    pairs = []
    for name, arrays in after.items():
        if name in trained:
            assert not np.array_equal(arrays[0], before[name][0]), name
            pairs += zip(arrays, model.get_layer(name).get_weights())
        else:
            np.testing.assert_array_equal(arrays[0], before[name][0])
            np.testing.assert_array_equal(arrays[1], before[name][1])
    mine, theirs = (np.concatenate([a.ravel() for a in arrays]) for arrays in zip(*pairs))
    # Adam makes a whole step of a gradient that is rounding alone.
    assert np.mean(np.abs(mine - theirs) <= 1e-5) >= 0.999


def test_all_blocks_at_the_head_s_rate_are_fine_tune_to_the_bit(tiny):
    images, labels = random_batch()
    settings = {"dropout": 0.3, "label_smoothing": 0.1, "weight_decay": 0.05, "seed": 3}
    tiny.restore_base()
    expected = tiny.train("fine_tune", images, labels, BATCHES, **settings)
    state = tiny.state()
    rates = np.full(3, 1e-3)
    actual, after = tune(tiny, rates=rates, base_rates=rates, **settings)
    np.testing.assert_array_equal(actual["losses"], expected["losses"])
    assert_states_equal(after, state)


@pytest.mark.parametrize("blocks", [0, 2])
def test_blocks_that_are_not_trained_keep_their_weights(tiny, blocks):
    """Even where earlier steps trained them and left momentum behind."""
    images, labels = random_batch()
    tune(tiny)
    base = tiny.base()
    assert tiny.model.base_optimizer.momentums[0].numpy().any()
    more(tiny, images, labels, BATCHES, blocks, HEAD_RATES, BASE_RATES, weight_decay=0.3)
    kept = TINY_BLOCKS[: len(TINY_BLOCKS) - blocks]
    for name, arrays in tiny.base().items():
        same = [np.array_equal(*pair) for pair in zip(arrays, base[name])]
        assert all(same) if name in kept else not any(same), name


def test_two_calls_equal_one(tiny):
    settings = {"dropout": 0.4, "weight_decay": 0.01}
    images, labels = random_batch()
    whole, state = tune(tiny, blocks=2, **settings)
    first, _ = tune(tiny, BATCHES[:1], 2, HEAD_RATES[:1], BASE_RATES[:1], **settings)
    rest = more(tiny, images, labels, BATCHES[1:], 2, HEAD_RATES[1:], BASE_RATES[1:], **settings)
    losses = np.concatenate([first["losses"], rest["losses"]])
    np.testing.assert_array_equal(losses, whole["losses"])
    assert_states_equal(tiny.state(), state)


def test_steps_on_resident_rows_are_those_on_fed_rows(tiny):
    images, labels = random_batch()
    settings = {"dropout": 0.3, "label_smoothing": 0.1, "weight_decay": 0.05, "seed": 3}
    expected, state = tune(tiny, blocks=2, **settings)
    tiny.restore_base()
    tiny.call("load_images", images=images, labels=labels, first_row=0, room=len(labels))
    actual = tiny.call(
        "fine_tune_parts_resident",
        batches=BATCHES,
        learning_rates=HEAD_RATES,
        base_learning_rates=BASE_RATES,
        trainable_blocks=2,
        class_weights=np.ones(10),
        **settings,
    )
    np.testing.assert_array_equal(actual["losses"], expected["losses"])
    assert_states_equal(tiny.state(), state)


@pytest.mark.parametrize("name", ["mobilenetv2-32", "mobilenetv2-96", "accurate"])
def test_blocks_of_the_committed_models_are_mobilenet_s(name):
    contract = json.loads((HOME / "savedmodel" / name / "contract.json").read_text())
    between = [f"block_{n}" for n in range(1, 17)]
    assert contract["blocks"] == ["Conv1", "expanded_conv", *between, "Conv_1"]


def test_no_step_needs_an_op_that_a_gpu_lacks():
    graph = placement.Graph(HOME / "savedmodel" / "mobilenetv2-32")
    body = graph.loop_of("fine_tune_parts_resident")
    assert graph.cpu_ops(body) == set()
    plain = list(graph.crossings(graph.loop_of("fine_tune_resident")))
    assert len(list(graph.crossings(body))) <= len(plain)
