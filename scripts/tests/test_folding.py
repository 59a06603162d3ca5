"""Folding BatchNorm into the convolutions does not change the network."""

import keras
import numpy as np
import pytest
from keras import layers

from exporter import folding
from exporter.errors import ExportError
from exporter.network import Network
from saved import random_batch

TOLERANCE = 1e-4


def pooled(base: keras.Model, images: np.ndarray) -> np.ndarray:
    """The unfolded model's features of images from 0 to 255."""
    return base.predict(images / np.float32(255), verbose=0).mean((1, 2))


def test_features_of_mobilenet_equal_the_unfolded_model(mobilenet, exported_mobilenet):
    images, _ = random_batch(16)
    expected = pooled(mobilenet, images)
    assert expected.std() > 0.1  # random statistics have not silenced the network
    actual = exported_mobilenet.call("features", images=images)["features"]
    np.testing.assert_allclose(actual, expected, atol=TOLERANCE, rtol=0)


def test_features_at_another_resolution_equal_the_unfolded_model_on_resized_images(mobilenet):
    base = keras.applications.MobileNetV2(input_shape=(96, 96, 3), include_top=False, weights=None)
    base.set_weights(mobilenet.get_weights())
    images, _ = random_batch(4)
    resized = layers.Resizing(96, 96)(images.astype(np.float32)).numpy()
    network = Network(folding.fold(base))
    actual = network.features(network.scale(images)).numpy()
    np.testing.assert_allclose(actual, pooled(base, resized), atol=TOLERANCE, rtol=0)


def test_every_batch_normalization_is_gone_and_every_convolution_kept(mobilenet):
    plan = folding.fold(mobilenet)
    convolutions = [step for step in plan.steps if isinstance(step, folding.Convolution)]
    expected = [
        x for x in mobilenet.layers if isinstance(x, (layers.Conv2D, layers.DepthwiseConv2D))
    ]
    assert [step.name for step in convolutions] == [layer.name for layer in expected]
    assert plan.features == 1280


def test_a_layer_that_cannot_be_folded_is_named():
    image = keras.Input((32, 32, 3))
    model = keras.Model(image, layers.MaxPooling2D(name="pool")(image))
    with pytest.raises(ExportError, match=r"^pool: layer of type MaxPooling2D cannot be folded"):
        folding.fold(model)


def test_padding_unlike_same_is_refused():
    image = keras.Input((32, 32, 3))
    x = layers.ZeroPadding2D(1, name="pad")(image)
    model = keras.Model(image, layers.Conv2D(4, 3, 2)(x))
    with pytest.raises(ExportError, match=r"^pad: pads \(\(1, 1\), \(1, 1\)\), expected"):
        folding.fold(model)


def test_a_batch_normalization_after_relu6_is_refused():
    image = keras.Input((32, 32, 3))
    x = layers.ReLU(6.0)(layers.Conv2D(4, 3, name="conv")(image))
    model = keras.Model(image, layers.BatchNormalization(name="late")(x))
    with pytest.raises(ExportError, match=r"^late: follows conv, expected a convolution without"):
        folding.fold(model)


def test_a_relu_without_a_ceiling_of_six_is_refused():
    image = keras.Input((32, 32, 3))
    model = keras.Model(image, layers.ReLU(name="relu")(layers.Conv2D(4, 3)(image)))
    with pytest.raises(ExportError, match=r"^relu: max_value is None, expected 6"):
        folding.fold(model)
