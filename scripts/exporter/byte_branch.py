"""The byte branch: a convolution over embedded bytes."""

from __future__ import annotations

import math

import tensorflow as tf

from exporter.noise import Noise, uniform
from exporter.symbols import BYTES, SYMBOLS

NOISE_STREAM = 1
"""First of the three random streams of byte noise in a step."""


class ByteBranch(tf.Module):
    """Embedding, one convolution with ReLU, largest and mean value of each channel, dense layer.

    MalConv's idea (Raff et al. 2018) at the size of 1,024 bytes. In training each row loses a share
    of its bytes, drawn between nothing and ``byte_noise``, to random ones.
    """

    def __init__(self, classes: int, byte_noise: float, width=8, channels=128, kernel=8, stride=4):
        super().__init__(name="byte_branch")
        self.byte_noise = byte_noise
        self.stride = stride
        self.embedding = _zeros("embedding", SYMBOLS, width)
        self.kernel = _zeros("kernel", kernel, width, channels)
        self.bias = _zeros("bias", channels)
        self.dense_kernel = _zeros("dense_kernel", 2 * channels, classes)
        self.dense_bias = _zeros("dense_bias", classes)

    @property
    def weights(self) -> list[tf.Variable]:
        return [self.embedding, self.kernel, self.bias, self.dense_kernel, self.dense_bias]

    def initialize(self, streams: list[tf.Tensor]) -> None:
        """``streams`` are three of int64 [2]: embedding normal / 2, kernels Glorot uniform."""
        shape = self.embedding.shape
        normal = tf.random.stateless_normal(shape, streams[0], alg="philox")
        self.embedding.assign(0.5 * normal)
        for kernel, stream in zip((self.kernel, self.dense_kernel), streams[1:]):
            limit = math.sqrt(6.0 / (math.prod(kernel.shape[:-1]) + kernel.shape[-1]))
            kernel.assign(uniform(kernel.shape, stream, -limit, limit))
        self.bias.assign(tf.zeros_like(self.bias))
        self.dense_bias.assign(tf.zeros_like(self.dense_bias))

    def embed(self, symbols: tf.Tensor) -> tf.Tensor:
        """int64 [N,1024] -> float32 [N,1024,width]."""
        return tf.gather(self.embedding, symbols)

    def logits(self, embedded: tf.Tensor, noise: Noise | None = None) -> tf.Tensor:
        """float32 [N,1024,width] -> float32 [N,C]; ``noise`` drops pooled values."""
        maps = tf.nn.conv1d(embedded, self.kernel, self.stride, "SAME")
        maps = tf.nn.relu(tf.nn.bias_add(maps, self.bias))
        pooled = tf.concat([tf.reduce_max(maps, 1), tf.reduce_mean(maps, 1)], 1)
        if noise is not None:
            pooled = noise.drop(pooled)
        return tf.nn.bias_add(tf.matmul(pooled, self.dense_kernel), self.dense_bias)

    def disturbed(self, symbols: tf.Tensor, noise: Noise) -> tf.Tensor:
        """int64 [B,1024] -> the same with byte noise."""
        rows = tf.shape(symbols)[0]
        rate, where, what = (noise.stream(NOISE_STREAM + i) for i in range(3))
        rates = self.byte_noise * uniform((rows, 1), rate)
        chosen = uniform((rows, BYTES), where) < rates
        random = tf.cast(uniform((rows, BYTES), what, 0, SYMBOLS), tf.int64)
        return tf.where(chosen, random, symbols)


def _zeros(name: str, *shape: int) -> tf.Variable:
    return tf.Variable(tf.zeros(shape), name=f"byte_branch/{name}")
