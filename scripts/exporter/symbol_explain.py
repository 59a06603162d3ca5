"""Integrated gradients for a model that reads bytes as symbols."""

from __future__ import annotations

import tensorflow as tf

from exporter import symbols
from exporter.mixture import Mixture
from exporter.network import INPUT_SIZE


class SymbolExplanation:
    """Attributes a class's logit to the bytes, from a black image (Sundararajan et al. 2017).

    A byte's value has no gradient where it is looked up in a table. The path therefore runs between
    symbols: from "this byte is 0" to "this byte is b", as one-hot vectors of 256. Both of the
    model's views, the embedding and the bits that MobileNetV2 sees, are linear in that vector, so
    each moves in a straight line from its value for 0 to its value for b, and a byte's attribution
    is the sum over both. The attributions of an image add up to ``logit - baseline_logit`` as the
    steps of the midpoint rule grow; a byte that is 0 gets none.
    """

    def __init__(self, classifier: Mixture):
        self.classifier = classifier

    def run(self, images, classes, steps) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """uint8 [N,32,32,3], int32 [N], int32 [] -> attributions, logits and baseline logits.

        Attributions are float32 [N,32,32]; both logits are float32 [N].
        """
        rows = symbols.of(images)
        start, end = self._views(tf.zeros_like(rows)), self._views(rows)
        change = [b - a for a, b in zip(start, end)]
        steps = tf.maximum(steps, 1)

        def body(index, *totals):
            share = (tf.cast(index, tf.float32) + 0.5) / tf.cast(steps, tf.float32)
            gradients = self._gradients([a + share * d for a, d in zip(start, change)], classes)
            return index + 1, *(total + g for total, g in zip(totals, gradients))

        _, *totals = tf.while_loop(
            lambda index, *_: index < steps,
            body,
            (0, *(tf.zeros_like(d) for d in change)),
            parallel_iterations=1,
        )
        parts = [tf.reduce_sum(d * total, -1) for d, total in zip(change, totals)]
        square = (-1, INPUT_SIZE, INPUT_SIZE)
        attributions = tf.add_n([tf.reshape(part, square) for part in parts])
        return (
            attributions / tf.cast(steps, tf.float32),
            self._class_logits(end, classes),
            self._class_logits(start, classes),
        )

    def _views(self, rows: tf.Tensor) -> list[tf.Tensor]:
        """int32 [N,1024] -> embedded float32 [N,1024,width], encoded float32 [N,32,32,3]."""
        return [self.classifier.byte_branch.embed(rows), self.classifier.encode(rows)]

    def _gradients(self, views: list[tf.Tensor], classes: tf.Tensor) -> list[tf.Tensor]:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(views)
            logits = self._class_logits(views, classes)
        return tape.gradient(logits, views)

    def _class_logits(self, views: list[tf.Tensor], classes: tf.Tensor) -> tf.Tensor:
        embedded, encoded = views
        features = self.classifier.image_features(encoded)
        mixed = self.classifier.mixed(self.classifier.branches(embedded, features))
        return tf.gather(mixed, classes, batch_dims=1)
