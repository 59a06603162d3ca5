"""Integrated gradients."""

from __future__ import annotations

import tensorflow as tf

from exporter.classifier import Classifier


class Explanation:
    """Attributes a class's logit to the pixels (Sundararajan, Taly and Yan 2017, equation 3).

    The path is straight from a black image; the integral is the midpoint rule over ``steps``
    points, so the attributions of an image add up to ``logit - baseline_logit`` as steps grow.
    """

    def __init__(self, classifier: Classifier):
        self.classifier = classifier

    def run(self, images, classes, steps) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """uint8 [N,32,32,3], int32 [N], int32 [] -> attributions, logits and baseline logits.

        Attributions are float32 [N,32,32], summed over channels; both logits are float32 [N].
        """
        network = self.classifier.network
        scaled = network.scale(images)
        black = network.scale(tf.zeros((1, *images.shape[1:]), tf.uint8))
        change = scaled - black
        steps = tf.maximum(steps, 1)

        def body(index, total):
            share = (tf.cast(index, tf.float32) + 0.5) / tf.cast(steps, tf.float32)
            return index + 1, total + self._gradient(black + share * change, classes)

        _, total = tf.while_loop(
            lambda index, _: index < steps,
            body,
            (0, tf.zeros_like(scaled)),
            parallel_iterations=1,
        )
        mean = total / tf.cast(steps, tf.float32)
        return (
            tf.reduce_sum(change * mean, axis=-1),
            self._class_logits(scaled, classes),
            tf.gather(self._logits(black)[0], classes),
        )

    def _gradient(self, scaled: tf.Tensor, classes: tf.Tensor) -> tf.Tensor:
        """Gradient of each image's class logit with respect to its pixels, float32 [N,32,32,3]."""
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(scaled)
            logits = self._class_logits(scaled, classes)
        return tape.gradient(logits, scaled)

    def _class_logits(self, scaled: tf.Tensor, classes: tf.Tensor) -> tf.Tensor:
        return tf.gather(self._logits(scaled), classes, batch_dims=1)

    def _logits(self, scaled: tf.Tensor) -> tf.Tensor:
        return self.classifier.logits(self.classifier.network.features(scaled))
