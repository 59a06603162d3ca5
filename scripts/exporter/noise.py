"""Random numbers as a function of (seed, step), so that a resumed run repeats exactly."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf


def uniform(shape, stream: tf.Tensor, low: float = 0.0, high: float = 1.0) -> tf.Tensor:
    """float32 of ``shape``, uniform in [low, high), a function of ``stream`` (int64 [2]) alone."""
    return tf.random.stateless_uniform(shape, stream, low, high, alg="philox")


class Noise(NamedTuple):
    """What one training step disturbs its rows with."""

    dropout: tf.Tensor  # float32 [], share of the values set to zero
    drops: tf.Tensor  # int32 [], more than 0 where that share is
    seed: tf.Tensor  # int64 []
    step: tf.Tensor  # int64 [], or the variable that counts steps

    def stream(self, number: int | None = None) -> tf.Tensor:
        """int64 [2]: the step's own random stream, or one of those derived from it.

        The latter as ``tf.random.fold_in`` derives it from an int32; in int64, since TensorFlow
        would take an int32 to the host's memory and back.
        """
        stream = tf.stack([self.seed, self.step])
        if number is None:
            return stream
        mixed = tf.random.stateless_uniform((), stream, None, None, tf.int32, alg="philox")
        return tf.stack([tf.cast(mixed, tf.int64), tf.constant(number, tf.int64)])

    def drop(self, values: tf.Tensor) -> tf.Tensor:
        """Inverted dropout on float32 [B,...]."""

        def drop():
            stream = self.stream()
            keep = uniform(tf.shape(values), stream) >= self.dropout
            return tf.where(keep, values / (1.0 - self.dropout), 0.0)

        return tf.cond(self.drops > 0, drop, lambda: values)
