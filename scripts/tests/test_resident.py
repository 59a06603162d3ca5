"""Rows that stay on the device give what fed rows give, bit for bit, and leave no trace in a model.

And nothing crosses between a GPU's memory and the host's in a training step on them, as far as that
can be told from TensorFlow's kernels without a GPU.
"""

import numpy as np
import pytest
import tensorflow as tf

import placement
from conftest import HOME
from saved import random_batch

BATCHES = [[3, 1, 4], [0, 5, 9], [2, 6, -1], [-1, -1, -1], [8, 11, 7]]
REGULARISED = {"dropout": 0.3, "label_smoothing": 0.1, "weight_decay": 0.05, "seed": 3}
PAIRS = {
    "train_head": ("features", "train_head_resident"),
    "train": ("images", "train_resident"),
    "fine_tune": ("images", "fine_tune_resident"),
}


def rows_of(saved, kind: str):
    images, labels = random_batch(classes=saved.classes)
    if kind == "features":
        return saved.call("features", images=images)["features"], labels
    return images, labels


def load(saved, kind: str, rows, labels, first_row: int = 0, room: int = -1) -> int:
    inputs = {kind: rows, "labels": labels, "first_row": first_row, "room": room}
    return int(saved.call(f"load_{kind}", **inputs)["room"])


def resident_steps(saved, signature: str, batches, **settings):
    inputs = {
        "batches": batches,
        "class_weights": np.ones(saved.classes),
        "learning_rates": np.full(len(batches), 1e-2),
        **settings,
    }
    return saved.call(signature, **inputs)


@pytest.mark.parametrize("fed", PAIRS)
def test_steps_on_resident_rows_are_those_on_fed_rows(tiny, fed):
    kind, resident = PAIRS[fed]
    rows, labels = rows_of(tiny, kind)
    tiny.restore_base()
    tiny.initialize()
    expected = tiny.train(fed, rows, labels, BATCHES, rate=1e-2, **REGULARISED)
    weights = tiny.state()
    tiny.restore_base()
    tiny.initialize()
    assert load(tiny, kind, rows, labels, room=len(rows)) == len(rows)
    actual = resident_steps(tiny, resident, BATCHES, **REGULARISED)
    tiny_state = tiny.state()
    tiny.restore_base()
    for name, values in expected.items():
        np.testing.assert_array_equal(actual[name], values)
    for mine, theirs in zip(tiny_state, weights, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_scores_of_resident_rows_are_those_of_fed_rows(tiny):
    images, labels = rows_of(tiny, "images")
    features = tiny.call("features", images=images)["features"]
    tiny.initialize()
    load(tiny, "features", features, labels, room=len(labels))
    load(tiny, "images", images, labels, room=len(labels))
    chosen = [7, 0, 3, 3]
    expected = tiny.call("evaluate", features=features[chosen], labels=labels[chosen])
    for signature in ("evaluate_resident", "evaluate_images_resident"):
        actual = tiny.call(signature, rows=chosen)
        for name in expected:
            np.testing.assert_array_equal(actual[name], expected[name])


def test_rows_may_be_loaded_in_parts_and_anew(tiny):
    features, labels = rows_of(tiny, "features")
    load(tiny, "features", features[:1] * 0, labels[:1], room=1)
    assert load(tiny, "features", features[:5], labels[:5], room=12) == 12
    load(tiny, "features", features[5:], labels[5:], first_row=5)
    everything = list(range(len(labels)))
    expected = tiny.call("evaluate", features=features, labels=labels)["losses"]
    np.testing.assert_array_equal(
        tiny.call("evaluate_resident", rows=everything)["losses"], expected
    )
    load(tiny, "features", features[:2], labels[:2], first_row=3)  # a window over old rows
    moved = tiny.call("evaluate_resident", rows=[3, 4, 5])["losses"]
    np.testing.assert_allclose(moved, expected[[0, 1, 5]], atol=1e-5)


def test_room_for_none_frees_the_memory(tiny):
    features, labels = rows_of(tiny, "features")
    load(tiny, "features", features, labels, room=len(labels))
    assert load(tiny, "features", features[:0], labels[:0], room=0) == 0
    with pytest.raises(tf.errors.InvalidArgumentError):
        tiny.call("evaluate_resident", rows=[0])


def test_rows_beyond_the_room_are_refused(tiny):
    features, labels = rows_of(tiny, "features")
    load(tiny, "features", features[:4], labels[:4], room=4)
    with pytest.raises(tf.errors.InvalidArgumentError):
        load(tiny, "features", features[4:], labels[4:], first_row=2)


def test_nothing_resident_is_in_a_checkpoint(tiny):
    names = [name for name, _ in tf.train.list_variables(str(tiny.path / "variables/variables"))]
    assert names
    assert not [name for name in names if "resident" in name]


@pytest.mark.parametrize("signature", ["train_head_resident", "train_resident", "train_head"])
def test_no_step_crosses_between_the_memories_of_host_and_gpu(signature):
    graph = placement.Graph(HOME / "savedmodel" / "mobilenetv2-32")
    body = graph.loop_of(signature)
    assert graph.cpu_ops(body) == set()
    assert [str(crossing) for crossing in graph.crossings(body)] == []


@pytest.mark.parametrize("signature", ["train_head_resident", "train_resident"])
def test_steps_of_the_accurate_model_cross_with_shapes_alone(signature):
    graph = placement.Graph(HOME / "savedmodel" / "accurate")
    body = graph.loop_of(signature)
    assert graph.cpu_ops(body) == set()
    crossings = list(graph.crossings(body))
    assert {crossing.type for crossing in crossings} <= {"int32"}


def test_the_check_finds_what_crosses(tiny):
    """Images that are fed are gathered on the CPU: TensorFlow has no GPU kernel for that."""
    graph = placement.Graph(tiny.path)
    body = graph.loop_of("train")
    assert graph.cpu_ops(body) == {"GatherV2"}
    wanted = {crossing.wanted for crossing in graph.crossings(body)}
    assert wanted == {placement.HOST, placement.DEVICE}
