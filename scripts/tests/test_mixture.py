"""The accurate model: bytes as symbols and pooled depths, trained together."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from exporter import depth_branch, folding, saving, symbols
from exporter.mixture import Mixture
from exporter.weights import Source
from saved import Saved, random_batch

BATCHES = np.arange(12).reshape(3, 4)
SIGNATURES = ("train_head", "train", "fine_tune")
SEED = 42


@pytest.fixture(scope="module")
def quiet(tiny_base, tmp_path_factory) -> Saved:
    """Without byte noise, so that Keras layers can follow it."""
    return save(tiny_base, tmp_path_factory.mktemp("quiet") / "model", byte_noise=0.0)


@pytest.fixture(scope="module")
def noisy(tiny_base, tmp_path_factory) -> Saved:
    return save(tiny_base, tmp_path_factory.mktemp("noisy") / "model", byte_noise=0.3)


def save(base, output, byte_noise) -> Saved:
    plan = folding.fold(base)
    mixture = Mixture(plan, 10, SEED, byte_noise)
    saving.save(mixture, Source(base, "test", None), SEED, output, overwrite=False)
    return Saved(output, plan)


def head(saved) -> list[np.ndarray]:
    """Weights of both branches in the order of Keras's layers."""
    byte, depth = saved.model.byte_branch, saved.model.depth_branch
    variables = [byte.embedding, byte.kernel, byte.bias, byte.dense_kernel, byte.dense_bias]
    return [v.numpy() for v in (*variables, depth.kernel, depth.bias)]


def state(saved) -> list[np.ndarray]:
    """Everything a checkpoint holds."""
    reader = tf.train.load_checkpoint(str(saved.path / "variables/variables"))
    optimizers = (saved.model.head_optimizer, saved.model.base_optimizer)
    slots = [v for o in optimizers for v in (o.step, *o.momentums, *o.velocities)]
    depth = saved.model.depth_branch
    base = [array for pair in saved.base().values() for array in pair]
    found = [*head(saved), *base, *(v.numpy() for v in (*slots, *variables_of(depth)))]
    assert len(found) == len(reader.get_variable_to_shape_map()) - 1  # and the graph of objects
    return found


def variables_of(depth):
    return depth.rows, depth.mean, depth.variance


def features_of(saved, images):
    return saved.call("features", images=images)["features"]


def run(saved, signature, batches, rows=12, **settings):
    """Trains from the exported state; returns losses and every variable."""
    saved.restore_base()
    images, labels = random_batch(rows)
    inputs = features_of(saved, images) if signature == "train_head" else images
    losses = saved.train(signature, inputs, labels, batches, **settings)["losses"]
    after = state(saved)
    saved.restore_base()
    return losses, after


def assert_equal(actual, expected, tolerance=0.0):
    for mine, theirs in zip(actual, expected, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=tolerance, rtol=0)


def keras_branches(weights) -> keras.Model:
    """Both branches as Keras layers: symbols and standardised features to two probabilities."""
    rows = keras.Input((1024,), dtype="int32")
    features = keras.Input((weights[5].shape[0],))
    embedded = layers.Embedding(256, 8)(rows)
    maps = layers.Conv1D(128, 8, 4, "same", activation="relu")(embedded)
    pooled = [layers.GlobalMaxPooling1D()(maps), layers.GlobalAveragePooling1D()(maps)]
    by_bytes = layers.Dense(10, "softmax")(layers.Concatenate()(pooled))
    by_depths = layers.Dense(10, "softmax")(features)
    model = keras.Model([rows, features], [by_bytes, by_depths])
    order = [tuple(w.shape) for w in model.weights]
    assert order == [w.shape for w in weights]
    model.set_weights(weights)
    return model


def standardised(features, seen):
    """With the statistics of the rows ``seen``, in float64."""
    seen = seen.astype(np.float64)
    scaled = (features - seen.mean(0)) / (seen.std(0) + 1e-3)
    return np.clip(scaled, -10, 10).astype(np.float32)


def test_features_are_the_bytes_and_the_pooled_maps_of_the_encoded_image(quiet, tiny_base):
    images, _ = random_batch()
    images[...] = images[..., :1]
    features = features_of(quiet, images)
    np.testing.assert_array_equal(features[:, :1024], images[..., 0].reshape(12, 1024))
    bits = [(images[..., 0] >> i) & 1 for i in range(8)]
    red = (4 * bits[0] + 2 * bits[3] + bits[6]) / 3.5 - 1
    green = (4 * bits[1] + 2 * bits[4] + bits[7]) / 3.5 - 1
    blue = (2 * bits[2] + bits[5]) / 1.5 - 1
    encoded = np.stack([red, green, blue], -1).astype(np.float32)
    outputs = [tiny_base.get_layer("add").output, tiny_base.output]
    maps = keras.Model(tiny_base.input, outputs).predict(encoded, verbose=0)
    expected = [m.mean((1, 2)) for m in maps] + [m.max((1, 2)) for m in maps]
    np.testing.assert_allclose(features[:, 1024:], np.concatenate(expected, 1), atol=5e-5)


def test_every_byte_has_its_own_colour():
    colours = symbols.bits(tf.range(256)).numpy()
    assert len(np.unique(colours, axis=0)) == 256
    assert colours.min() == -1 and colours.max() == 1


def test_depths_of_mobilenet_are_the_last_sum_of_each_width_and_the_last_map(mobilenet):
    depths = depth_branch.depths(folding.fold(mobilenet))
    blocks = {"block_2_add": 24, "block_5_add": 32, "block_9_add": 64, "block_12_add": 96}
    assert depths == {**blocks, "block_15_add": 160, "Conv_1": 1280}


def test_three_steps_of_train_head_equal_keras(quiet):
    """Embedding, convolution and dense layers of Keras, its loss, label smoothing and AdamW."""
    images, labels = random_batch()
    quiet.restore_base()
    features = features_of(quiet, images)
    rows, depths = features[:, :1024].astype(np.int32), features[:, 1024:]
    model = keras_branches(head(quiet))
    optimizer = keras.optimizers.AdamW(1e-3, weight_decay=0.1)
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.2)
    for step, batch in enumerate(BATCHES):
        inputs = [rows[batch], standardised(depths, depths[: 4 * (step + 1)])[batch]]
        targets = np.eye(10)[labels[batch]]
        with tf.GradientTape() as tape:
            minimised = tf.add_n([loss(targets, p) for p in model(inputs)])
        variables = model.trainable_variables
        # Dense: Keras squares an embedding's sparse gradient before it adds up equal symbols.
        gradients = map(tf.convert_to_tensor, tape.gradient(minimised, variables))
        optimizer.apply_gradients(zip(gradients, variables))
    quiet.train("train_head", features, labels, BATCHES, label_smoothing=0.2, weight_decay=0.1)
    actual = head(quiet)
    trained = quiet.call("evaluate", features=features, labels=labels)
    quiet.restore_base()
    assert_equal(actual, model.get_weights(), 2e-5)
    by_bytes, by_depths = model.predict([rows, standardised(depths, depths)], verbose=0)
    mixed = (by_bytes + 0.25 * by_depths) / 1.25
    np.testing.assert_allclose(trained["probabilities"], mixed, atol=2e-5)
    expected = -np.log(mixed[np.arange(12), labels])
    np.testing.assert_allclose(trained["losses"], expected, atol=1e-4)


def test_reported_loss_is_that_of_the_mixture(quiet):
    images, labels = random_batch()
    quiet.restore_base()
    features = features_of(quiet, images)
    # A step of rate 0 takes note of the rows and changes nothing else.
    losses = quiet.train("train_head", features, labels, [np.arange(12)], rate=0.0)["losses"]
    rows = quiet.call("evaluate", features=features, labels=labels)["losses"]
    quiet.restore_base()
    np.testing.assert_allclose(losses, [rows.mean()], atol=1e-5)


def test_statistics_are_those_of_all_valid_rows_seen(noisy):
    images, labels = random_batch()
    noisy.restore_base()
    features = features_of(noisy, images)
    batches = [[0, 1, 2, 3, 4], [5, 6, -1, -1, -1], [-1] * 5, [7, 8, 9, 10, 11]]
    noisy.train("train_head", features, labels, batches)
    rows, mean, variance = (v.numpy() for v in variables_of(noisy.model.depth_branch))
    noisy.restore_base()
    assert rows == 12
    np.testing.assert_allclose(mean, features[:, 1024:].mean(0), atol=1e-5)
    np.testing.assert_allclose(variance, features[:, 1024:].var(0), rtol=1e-4, atol=1e-6)


def test_training_on_images_equals_training_on_cached_features(noisy):
    settings = {"dropout": 0.3, "weight_decay": 0.02}
    cached_losses, cached = run(noisy, "train_head", BATCHES, **settings)
    losses, trained = run(noisy, "train", BATCHES, **settings)
    np.testing.assert_allclose(losses, cached_losses, atol=1e-5)
    assert_equal(trained, cached, 2e-5)


def test_fine_tune_moves_the_base_too(noisy):
    noisy.restore_base()
    before = noisy.base()
    images, labels = random_batch()
    noisy.train("fine_tune", images, labels, BATCHES)
    after = noisy.base()
    noisy.restore_base()
    for name, arrays in after.items():
        assert not np.array_equal(arrays[0], before[name][0]), name


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_step_of_nothing_but_padding_changes_nothing(noisy, signature):
    settings = {"weight_decay": 0.1, "dropout": 0.3}
    gap = [BATCHES[0], [-1] * 4, BATCHES[1]]
    losses, with_gap = run(noisy, signature, gap, **settings)
    expected_losses, expected = run(noisy, signature, BATCHES[:2], **settings)
    assert losses[1] == 0
    np.testing.assert_array_equal(losses[[0, 2]], expected_losses)
    assert_equal(with_gap, expected)


@pytest.mark.parametrize("signature", SIGNATURES)
def test_padding_changes_nothing(quiet, signature):
    padded = np.full((3, 9), -1)
    padded[:, [0, 3, 4, 7]] = BATCHES
    losses, after = run(quiet, signature, padded)
    expected_losses, expected = run(quiet, signature, BATCHES)
    np.testing.assert_allclose(losses, expected_losses, atol=1e-5)
    assert_equal(after, expected, 1e-4)


@pytest.mark.parametrize("signature", SIGNATURES)
def test_two_calls_equal_one(noisy, signature):
    settings = {"dropout": 0.4, "weight_decay": 0.01}
    _, expected = run(noisy, signature, BATCHES, **settings)
    noisy.restore_base()
    images, labels = random_batch()
    inputs = features_of(noisy, images) if signature == "train_head" else images
    for batches in (BATCHES[:1], BATCHES[1:]):
        noisy.train(signature, inputs, labels, batches, **settings)
    actual = state(noisy)
    noisy.restore_base()
    assert_equal(actual, expected)


def test_noise_depends_on_seed_and_step_alone(noisy):
    same = [[0, 1, 2, 3]] * 3
    first, _ = run(noisy, "train_head", same, rate=0.0, seed=1)
    again, _ = run(noisy, "train_head", same, rate=0.0, seed=1)
    other, _ = run(noisy, "train_head", same, rate=0.0, seed=2)
    np.testing.assert_array_equal(first, again)
    assert len(set(first.tolist())) == 3
    assert not np.isclose(first, other).any()


def test_initialize_is_a_function_of_its_seed(noisy):
    noisy.restore_base()
    exported = state(noisy)
    noisy.initialize(7)
    seven = head(noisy)
    run_after = random_batch()
    noisy.train("train_head", features_of(noisy, run_after[0]), run_after[1], BATCHES)
    noisy.initialize(7)
    assert_equal(head(noisy), seven)
    assert not np.array_equal(seven[0], exported[0])
    noisy.initialize(SEED)
    assert_equal(state(noisy), exported)
    noisy.restore_base()


def test_many_rows_are_evaluated_as_few_are(noisy):
    """More than one chunk, and a last one that is not full."""
    images, labels = random_batch(600)
    features = features_of(noisy, images)
    whole = noisy.call("evaluate", features=features, labels=labels)["probabilities"]
    assert whole.shape == (600, 10)
    few = noisy.call("evaluate", features=features[510:520], labels=labels[510:520])
    np.testing.assert_allclose(whole[510:520], few["probabilities"], atol=1e-6)
    np.testing.assert_allclose(whole.sum(1), 1, atol=1e-5)
    none = noisy.call("evaluate", features=features[:0], labels=labels[:0])
    assert none["losses"].shape == (0,)


def test_serving_default_equals_evaluate_on_features(noisy):
    images, labels = random_batch()
    expected = noisy.call("evaluate", features=features_of(noisy, images), labels=labels)
    actual = noisy.call("serving_default", images=images)["probabilities"]
    np.testing.assert_allclose(actual, expected["probabilities"], atol=1e-6)


def test_attributions_add_up_to_the_change_of_the_byte_branch_s_logit(noisy):
    images, labels = random_batch(4)
    images[0] = 0
    images[0, 3, 17] = 200
    images[...] = images[..., :1]
    result = noisy.call("explain", images=images, classes=labels, steps=200)
    change = result["logits"] - result["baseline_logits"]
    sums = result["attributions"].sum((1, 2))
    np.testing.assert_allclose(sums, change, atol=0.02 * np.abs(change).max())
    lit = result["attributions"][0]
    assert lit[3, 17] != 0
    assert np.count_nonzero(lit) == 1
    byte_probabilities, _ = keras_branches(head(noisy)).predict(
        [images[..., 0].reshape(4, 1024), np.zeros((4, 24))], verbose=0
    )
    black, _ = keras_branches(head(noisy)).predict(
        [np.zeros((1, 1024)), np.zeros((1, 24))], verbose=0
    )
    every = [noisy.call("explain", images=images[:1], classes=[c], steps=1) for c in range(10)]
    for name, expected in (("logits", byte_probabilities[0]), ("baseline_logits", black[0])):
        logits = np.concatenate([result[name] for result in every])
        np.testing.assert_allclose(np.exp(logits) / np.exp(logits).sum(), expected, atol=1e-5)


def test_contract_says_what_the_head_is(noisy):
    contract = json.loads((noisy.path / "contract.json").read_text())
    assert contract["features"] == 1024 + 2 * (4 + 8)
    assert contract["head"]["byte_noise"] == 0.3
    assert contract["head"]["features"] == {"bytes": 1024, "depths": ["add", "Conv_1"]}
    assert contract["head"]["weights"] == {"byte_branch": 1.0, "depth_branch": 0.25}
