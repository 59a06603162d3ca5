"""Bytes as symbols: what the accurate model makes of a grey value before it computes with it."""

from __future__ import annotations

import tensorflow as tf

BYTES = 1024
"""Of an image, row by row; the first columns of the accurate model's features."""

SYMBOLS = 256


def of(images: tf.Tensor) -> tf.Tensor:
    """uint8 [N,32,32,3] -> int64 [N,1024]; the three channels of a grey image are equal."""
    return tf.cast(tf.reshape(images[..., 0], (-1, BYTES)), tf.int64)


def bits(symbols: tf.Tensor) -> tf.Tensor:
    """int64 [...] from 0 to 255 -> float32 [...,3] from -1 to 1.

    The eight bits, spread over the channels so that each says something else: 0, 3 and 6 in the
    first, 1, 4 and 7 in the second, 2 and 5 in the third, the lower bit of each with more weight.
    """

    def channel(*positions: int) -> tf.Tensor:
        total = tf.zeros(tf.shape(symbols))
        for position in positions:
            bit = tf.bitwise.bitwise_and(tf.bitwise.right_shift(symbols, position), 1)
            total = 2.0 * total + tf.cast(bit, tf.float32)
        return total / (2.0 ** (len(positions) - 1) - 0.5) - 1.0

    return tf.stack([channel(0, 3, 6), channel(1, 4, 7), channel(2, 5)], axis=-1)
