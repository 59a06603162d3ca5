"""Network, head and optimizer state: every variable of the SavedModel, each held once."""

from __future__ import annotations

import math

import tensorflow as tf

from exporter import losses
from exporter.adam import Adam
from exporter.folding import Plan
from exporter.network import Network
from exporter.noise import Noise, uniform

INITIALIZER_STREAM = -1
"""Second half of the random seed of a fresh head. Dropout uses the step there, from 0 upwards."""


class Classifier(tf.Module):
    """A folded base with a dense head and one Adam for each."""

    def __init__(
        self,
        plan: Plan,
        classes: int,
        activation: str,
        seed: int,
        compute_dtype: tf.DType = tf.float32,
        palette: bool = False,
    ):
        super().__init__(name="classifier")
        self.classes = classes
        self.activation = activation
        self.network = Network(plan, compute_dtype, palette)
        features = self.network.feature_count
        self.kernel = tf.Variable(tf.zeros((features, classes)), name="head/kernel")
        self.bias = tf.Variable(tf.zeros((classes,)), name="head/bias")
        self.head_optimizer = Adam([self.kernel, self.bias], "head_optimizer")
        self.base_optimizer = Adam(self.network.weights, "base_optimizer")
        self.initialize(tf.constant(seed, tf.int64))

    def initialize(self, seed: tf.Tensor) -> tf.Tensor:
        """Fresh head (Glorot and Bengio 2010, uniform), slots and steps at zero; the base stays.

        ``seed`` is int64 []; returns the step, int64 [].
        """
        limit = math.sqrt(6.0 / (self.network.feature_count + self.classes))
        stream = tf.stack([seed, tf.constant(INITIALIZER_STREAM, tf.int64)])
        self.kernel.assign(uniform(self.kernel.shape, stream, -limit, limit))
        self.bias.assign(tf.zeros_like(self.bias))
        self.head_optimizer.reset()
        self.base_optimizer.reset()
        return self.head_optimizer.step.read_value()

    @property
    def feature_count(self) -> int:
        return self.network.feature_count

    def features(self, images: tf.Tensor) -> tf.Tensor:
        """uint8 [N,32,32,3] -> float32 [N,F]."""
        return self.network.features(self.network.scale(images))

    def logits(self, features: tf.Tensor) -> tf.Tensor:
        """float32 [N,F] -> float32 [N,C]."""
        return tf.nn.bias_add(tf.matmul(features, self.kernel), self.bias)

    def training_logits(self, features: tf.Tensor, mask, noise: Noise) -> list[tf.Tensor]:
        """float32 [B,F] -> one float32 [B,C], with dropout on the features."""
        return [self.logits(noise.drop(features))]

    def mixed(self, branches: list[tf.Tensor]) -> tf.Tensor:
        """The logits to classify by: a dense head has no others."""
        return branches[0]

    def probabilities(self, features: tf.Tensor) -> tf.Tensor:
        """float32 [N,F] -> float32 [N,C]."""
        return losses.probabilities(self.logits(features), self.activation)

    def evaluate(self, features: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """float32 [N,F], int32 [N] -> losses float32 [N] and probabilities float32 [N,C]."""
        logits = self.logits(features)
        targets = tf.one_hot(labels, self.classes)
        return (
            losses.row_losses(logits, targets, self.activation),
            losses.probabilities(logits, self.activation),
        )
