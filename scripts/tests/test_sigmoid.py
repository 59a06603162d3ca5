"""The sigmoid head with sparse categorical cross-entropy."""

import keras
import numpy as np
import tensorflow as tf

from keras_reference import head_model, train
from saved import random_batch

BATCHES = np.arange(12).reshape(3, 4)


def loss_of_probabilities(labels, probabilities):
    """Keras's loss of the head's outputs.

    ``tf.identity`` drops the ``_keras_logits`` mark that Keras's activations leave on a tensor.
    """
    return keras.losses.sparse_categorical_crossentropy(labels, tf.identity(probabilities))


def features_and_labels(saved, scale=1.0):
    images, labels = random_batch(classes=4)
    saved.initialize()
    return scale * saved.call("features", images=images)["features"], labels


def test_probabilities_are_sigmoids(tiny_sigmoid):
    features, labels = features_and_labels(tiny_sigmoid)
    kernel, bias = tiny_sigmoid.head
    actual = tiny_sigmoid.call("evaluate", features=features, labels=labels)["probabilities"]
    np.testing.assert_allclose(actual, 1 / (1 + np.exp(-features @ kernel - bias)), atol=1e-6)


def test_losses_equal_keras_even_where_probabilities_are_clipped(tiny_sigmoid):
    for scale in (1.0, 30.0):
        features, labels = features_and_labels(tiny_sigmoid, scale)
        actual = tiny_sigmoid.call("evaluate", features=features, labels=labels)
        expected = loss_of_probabilities(labels, actual["probabilities"])
        np.testing.assert_allclose(actual["losses"], expected, rtol=1e-5, atol=1e-6)
    clipped = actual["probabilities"] > 1 - keras.config.epsilon()
    assert clipped.any() and not clipped.all()


def test_three_steps_equal_keras_adam(tiny_sigmoid):
    features, labels = features_and_labels(tiny_sigmoid)
    model = head_model(tiny_sigmoid.head, "sigmoid")
    expected = train(model, features, labels, BATCHES, loss=loss_of_probabilities)
    actual = tiny_sigmoid.train("train_head", features, labels, BATCHES)
    np.testing.assert_allclose(actual["losses"], expected, atol=1e-6)
    for mine, theirs in zip(tiny_sigmoid.head, model.get_weights()):
        np.testing.assert_allclose(mine, theirs, atol=1e-5, rtol=0)


def test_keras_fit_itself_takes_the_softmax_of_the_logits_behind_a_sigmoid(tiny_sigmoid):
    """Why the comparison above needs ``loss_of_probabilities``: a shortcut of Keras, not ours.

    Keras marks the output of a sigmoid with its logits, and a loss in ``fit`` or ``evaluate`` uses
    the mark as if it came from a softmax. The same loss on ``predict``'s output renormalises.
    """
    features, labels = features_and_labels(tiny_sigmoid)
    model = head_model(tiny_sigmoid.head, "sigmoid")
    model.compile(loss="sparse_categorical_crossentropy")
    kernel, bias = tiny_sigmoid.head
    logits = features @ kernel + bias
    by_fit = model.evaluate(features, labels, verbose=0)
    softmax = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    assert abs(by_fit - np.mean(softmax)) < 1e-5
    ours = tiny_sigmoid.call("evaluate", features=features, labels=labels)["losses"].mean()
    assert abs(by_fit - ours) > 1e-2
