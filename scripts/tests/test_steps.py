"""Padding, empty steps, dropout, initialisation, checkpoints: what a caller's loop relies on."""

import numpy as np
import pytest
import tensorflow as tf

from exporter.classifier import uniform
from saved import random_batch

BATCHES = np.arange(12).reshape(3, 4)
TRAINING = ("train_head", "train", "fine_tune")


@pytest.fixture(params=TRAINING)
def job(request, tiny):
    """(signature, rows, labels) on a model as exported."""
    images, labels = random_batch()
    tiny.restore_base()
    rows = images
    if request.param == "train_head":
        rows = tiny.call("features", images=images)["features"]
    yield request.param, rows, labels
    tiny.restore_base()


def run(saved, job, batches, **settings):
    """Trains from the exported state; returns losses, correct and every variable."""
    saved.restore_base()
    result = saved.train(*job, batches, **settings)
    return result["losses"], result["correct"], saved.state()


def assert_states_equal(actual, expected, tolerance=0.0):
    for mine, theirs in zip(actual, expected, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=tolerance, rtol=0)


def test_padding_changes_nothing(tiny, job):
    padded = np.full((3, 9), -1)
    padded[:, [0, 3, 4, 7]] = BATCHES
    losses, correct, state = run(tiny, job, padded)
    expected_losses, expected_correct, expected_state = run(tiny, job, BATCHES)
    np.testing.assert_allclose(losses, expected_losses, atol=1e-6)
    np.testing.assert_array_equal(correct, expected_correct)
    # Rows are added in another order, and Adam enlarges the rounding of tiny gradients.
    assert_states_equal(state, expected_state, 1e-5)


def test_padding_in_front_of_row_zero_does_not_count_row_zero(tiny, job):
    alone, _, _ = run(tiny, job, [[5]])
    padded, _, _ = run(tiny, job, [[-1, -1, -1, 5]])
    np.testing.assert_allclose(padded, alone, atol=1e-6)


def test_a_step_of_nothing_but_padding_changes_nothing(tiny, job):
    settings = {"weight_decay": 0.1, "dropout": 0.3, "learning_rates": [1e-3] * 3}
    with_gap = [BATCHES[0], [-1] * 4, BATCHES[1]]
    losses, correct, state = run(tiny, job, with_gap, **settings)
    settings["learning_rates"] = [1e-3] * 2
    expected_losses, _, expected_state = run(tiny, job, BATCHES[:2], **settings)
    assert losses[1] == 0 and correct[1] == 0
    np.testing.assert_array_equal(losses[[0, 2]], expected_losses)
    assert_states_equal(state, expected_state)


def test_no_steps_at_all_change_nothing(tiny, job):
    tiny.restore_base()
    before = tiny.state()
    losses, correct, state = run(tiny, job, np.zeros((0, 4)))
    assert losses.shape == correct.shape == (0,)
    assert_states_equal(state, before)


def test_two_calls_equal_one(tiny, job):
    settings = {"dropout": 0.4, "weight_decay": 0.01}
    losses, _, state = run(tiny, job, BATCHES, **settings)
    first, _, _ = run(tiny, job, BATCHES[:1], **settings)
    rest = tiny.train(*job, BATCHES[1:], **settings)["losses"]
    np.testing.assert_array_equal(np.concatenate([first, rest]), losses)
    assert_states_equal(tiny.state(), state)


def test_dropout_depends_on_seed_and_step_alone(tiny, job):
    same = [[0, 1, 2, 3]] * 3
    settings = {"dropout": 0.5, "rate": 0.0}
    first, _, _ = run(tiny, job, same, seed=1, **settings)
    again, _, _ = run(tiny, job, same, seed=1, **settings)
    other, _, _ = run(tiny, job, same, seed=2, **settings)
    np.testing.assert_array_equal(first, again)
    assert len(set(first.tolist())) == 3  # another mask each step
    assert not np.isclose(first, other).any()


def test_without_dropout_the_seed_does_not_matter(tiny, job):
    first, _, _ = run(tiny, job, BATCHES, seed=1)
    other, _, _ = run(tiny, job, BATCHES, seed=2)
    np.testing.assert_array_equal(first, other)


def test_dropout_keeps_the_expected_loss_of_a_linear_score(tiny):
    """Inverted dropout: kept features are scaled up, so their mean over many masks stays."""
    labels = np.zeros(1, np.int32)
    features = np.ones((1, 8), np.float32)
    tiny.restore_base()
    tiny.model.kernel.assign(np.eye(8, 10, dtype=np.float32) * 1e-3)
    steps = 4000
    batches = np.zeros((steps, 1))
    result = tiny.train("train_head", features, labels, batches, rate=0.0, dropout=0.25, seed=3)
    # With tiny logits z the loss is ln 10 - (z_0 - mean z), linear in the features.
    scores = (np.log(10) - result["losses"]) / 1e-3
    expected = 1 - 8 / 10
    assert scores.mean() == pytest.approx(expected, abs=0.05)
    tiny.restore_base()


def test_initialize_is_a_function_of_its_seed(tiny):
    heads = []
    for seed in (7, 8, 7):
        assert tiny.call("initialize", seed=seed)["step"] == 0
        heads.append(tiny.head[0])
    np.testing.assert_array_equal(heads[0], heads[2])
    assert not np.isclose(heads[0], heads[1]).any()


def test_initialize_draws_glorot_uniform(exported_mobilenet):
    exported_mobilenet.initialize(3)
    kernel, bias = exported_mobilenet.head
    limit = np.sqrt(6 / (1280 + 10))
    assert np.abs(kernel).max() <= limit
    assert kernel.std() == pytest.approx(limit / np.sqrt(3), rel=0.02)
    assert kernel.mean() == pytest.approx(0, abs=limit / 50)
    assert not bias.any()


def test_initialize_clears_slots_and_steps_and_leaves_the_base(tiny, job):
    _, _, _ = run(tiny, job, BATCHES)
    base = tiny.base()
    tiny.initialize(42)
    state = tiny.state()
    convolutions = [array for pair in base.values() for array in pair]
    assert_states_equal(state[: len(convolutions)], convolutions)
    slots = state[len(convolutions) + 2 :]
    assert not any(slot.any() for slot in slots)


def test_the_exported_head_is_that_of_its_seed(tiny):
    tiny.restore_base()
    exported = tiny.state()
    tiny.initialize(42)
    assert_states_equal(tiny.state(), exported)


def test_a_fresh_head_and_the_first_dropout_mask_use_different_random_numbers():
    head, mask = (uniform((16,), tf.constant([5, stream], tf.int64)) for stream in (-1, 0))
    assert not np.isclose(head, mask).any()


def test_session_save_and_restore_resume_bit_for_bit(tiny, tmp_path):
    """As Java does it: a graph session and the SavedModel's own saver."""
    images, labels = random_batch()
    graph = tf.Graph()
    with graph.as_default(), tf.compat.v1.Session(graph=graph) as session:
        bundle = tf.compat.v1.saved_model.load(session, ["serve"], str(tiny.path))
        saver, signature = bundle.saver_def, bundle.signature_def["fine_tune"]
        fed = {
            "images": images,
            "labels": labels,
            "batches": BATCHES,
            "learning_rates": [1e-3] * 3,
            "dropout": 0.3,
            "label_smoothing": 0.0,
            "weight_decay": 0.0,
            "class_weights": np.ones(10),
            "seed": 1,
        }
        feed = {signature.inputs[name].name: value for name, value in fed.items()}

        def steps():
            return session.run(signature.outputs["losses"].name, feed)

        prefix = {saver.filename_tensor_name: str(tmp_path / "checkpoint")}
        steps()
        session.run(saver.save_tensor_name, prefix)
        expected = steps()
        session.run(saver.restore_op_name, prefix)
        np.testing.assert_array_equal(steps(), expected)
