"""Targets, losses and activations, with the arithmetic of Keras 3."""

from __future__ import annotations

import keras
import tensorflow as tf

SOFTMAX = "softmax"
SIGMOID = "sigmoid"


def probabilities(logits: tf.Tensor, activation: str) -> tf.Tensor:
    """float32 [N,C] logits -> float32 [N,C]: what the Keras head with that activation outputs."""
    return tf.nn.softmax(logits) if activation == SOFTMAX else tf.nn.sigmoid(logits)


def cross_entropy_logits(logits: tf.Tensor, activation: str) -> tf.Tensor:
    """float32 [N,C] -> float32 [N,C]: the logits whose softmax the cross-entropy measures.

    A softmax head's own. A sigmoid head's outputs do not sum to one; Keras's sparse categorical
    cross-entropy clips such probabilities to [epsilon, 1 - epsilon] and takes the softmax of their
    logarithms, which divides them by their sum
    (``keras.ops.sparse_categorical_crossentropy`` with ``from_logits=False``).
    """
    if activation == SOFTMAX:
        return logits
    epsilon = keras.config.epsilon()
    return tf.math.log(tf.clip_by_value(tf.nn.sigmoid(logits), epsilon, 1 - epsilon))


def smoothed_targets(labels: tf.Tensor, classes: int, smoothing: tf.Tensor) -> tf.Tensor:
    """int32 [N] -> float32 [N,C]: one-hot * (1 - smoothing) + smoothing / C, as Keras smooths."""
    return tf.one_hot(labels, classes) * (1.0 - smoothing) + smoothing / classes


def row_losses(logits: tf.Tensor, targets: tf.Tensor, activation: str) -> tf.Tensor:
    """Cross-entropy in nats of each row: logits and targets float32 [N,C] -> float32 [N]."""
    return tf.nn.softmax_cross_entropy_with_logits(
        labels=targets, logits=cross_entropy_logits(logits, activation)
    )
