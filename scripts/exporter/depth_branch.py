"""The image branch: MobileNetV2's maps of several depths, pooled, standardised, one dense layer."""

from __future__ import annotations

import math

import tensorflow as tf

from exporter.folding import Addition, Plan
from exporter.noise import uniform

LARGEST = 10.0
"""Standard deviations beyond which a feature says no more."""

SMALLEST_DEVIATION = 1e-3
"""Added to every standard deviation; a feature that never changes is left alone."""


def depths(plan: Plan) -> dict[str, int]:
    """Step -> channels: the last residual sum of each width, and the last map of all."""
    channels = {plan.source: 3}
    last: dict[int, str] = {}
    for step in plan.steps:
        if isinstance(step, Addition):
            channels[step.name] = channels[step.sources[0]]
            last[channels[step.name]] = step.name
        else:
            channels[step.name] = step.bias.shape[0]
    return {name: channels[name] for name in [*last.values(), plan.output]}


def pooled(maps: dict[str, tf.Tensor], names: list[str]) -> tf.Tensor:
    """Means, then largest values of every channel of the maps named: float32 [N,F]."""
    means = [tf.reduce_mean(maps[name], (1, 2)) for name in names]
    return tf.concat(means + [tf.reduce_max(maps[name], (1, 2)) for name in names], 1)


class DepthBranch(tf.Module):
    """A dense layer over features brought to mean 0 and deviation 1.

    Mean and variance are those of every row trained on so far (Chan, Golub and LeVeque 1979,
    equations 2.1), so that they settle within the first epoch and cost no pass of their own.
    """

    def __init__(self, features: int, classes: int):
        super().__init__(name="depth_branch")
        self.kernel = tf.Variable(tf.zeros((features, classes)), name="depth_branch/kernel")
        self.bias = tf.Variable(tf.zeros((classes,)), name="depth_branch/bias")
        self.rows = tf.Variable(0, dtype=tf.int64, name="depth_branch/rows")
        self.mean = tf.Variable(tf.zeros((features,)), name="depth_branch/mean")
        self.variance = tf.Variable(tf.ones((features,)), name="depth_branch/variance")

    @property
    def weights(self) -> list[tf.Variable]:
        return [self.kernel, self.bias]

    def initialize(self, stream: tf.Tensor) -> None:
        """Glorot uniform kernel from ``stream``, int64 [2]; no row seen."""
        limit = math.sqrt(6.0 / sum(self.kernel.shape))
        self.kernel.assign(uniform(self.kernel.shape, stream, -limit, limit))
        self.bias.assign(tf.zeros_like(self.bias))
        self.rows.assign(0)
        self.mean.assign(tf.zeros_like(self.mean))
        self.variance.assign(tf.ones_like(self.variance))

    def observe(self, features: tf.Tensor, mask: tf.Tensor) -> None:
        """Adds the rows of float32 [B,F] whose ``mask``, float32 [B], is 1; at least one is."""
        seen, new = tf.cast(self.rows, tf.float32), tf.reduce_sum(mask)
        weights = mask[:, tf.newaxis] / new
        mean = tf.reduce_sum(weights * features, 0)
        variance = tf.reduce_sum(weights * tf.square(features - mean), 0)
        share, difference = new / (seen + new), mean - self.mean
        between = share * (1.0 - share) * tf.square(difference)
        self.variance.assign((1.0 - share) * self.variance + share * variance + between)
        self.mean.assign_add(share * difference)
        self.rows.assign_add(tf.cast(new, tf.int64))

    def logits(self, features: tf.Tensor) -> tf.Tensor:
        """float32 [N,F] -> float32 [N,C]."""
        standard = (features - self.mean) / (tf.sqrt(self.variance) + SMALLEST_DEVIATION)
        clipped = tf.clip_by_value(standard, -LARGEST, LARGEST)
        return tf.nn.bias_add(tf.matmul(clipped, self.kernel), self.bias)
