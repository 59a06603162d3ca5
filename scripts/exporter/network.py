"""The folded network over TensorFlow variables."""

from __future__ import annotations

import tensorflow as tf

from exporter.folding import Addition, Convolution, Plan

INPUT_SIZE = 32
"""Edge length in pixels of the images a caller feeds, whatever the network's resolution."""


class Network(tf.Module):
    """A folded convolutional network that ends in global average pooling."""

    def __init__(self, plan: Plan):
        super().__init__(name="network")
        self._plan = plan
        convolutions = [step for step in plan.steps if isinstance(step, Convolution)]
        self.kernels = {s.name: _variable(s.kernel, f"{s.name}/kernel") for s in convolutions}
        self.biases = {s.name: _variable(s.bias, f"{s.name}/bias") for s in convolutions}

    @property
    def feature_count(self) -> int:
        return self._plan.features

    @property
    def image_size(self) -> int:
        return self._plan.image_size

    @property
    def weights(self) -> list[tf.Variable]:
        """Kernel and bias of every convolution, in the order of the network."""
        return [part[name] for name in self.kernels for part in (self.kernels, self.biases)]

    def scale(self, images: tf.Tensor) -> tf.Tensor:
        """uint8 [N,32,32,3] from 0 to 255 -> float32 [N,32,32,3] from 0 to 1."""
        return tf.cast(images, tf.float32) / 255.0

    def features(self, scaled: tf.Tensor) -> tf.Tensor:
        """float32 [N,32,32,3] from 0 to 1 -> float32 [N,F]."""
        size = self.image_size
        if size != INPUT_SIZE:
            scaled = tf.image.resize(scaled, (size, size), method="bilinear")
        maps = {self._plan.source: scaled}
        for step in self._plan.steps:
            if isinstance(step, Addition):
                maps[step.name] = maps[step.sources[0]] + maps[step.sources[1]]
            else:
                maps[step.name] = self._convolve(step, maps[step.source])
        return tf.reduce_mean(maps[self._plan.output], axis=(1, 2))

    def _convolve(self, step: Convolution, maps: tf.Tensor) -> tf.Tensor:
        """float32 [N,h,w,in] -> float32 [N,h',w',out]."""
        kernel, bias = self.kernels[step.name], self.biases[step.name]
        strides = (1, step.stride, step.stride, 1)
        convolve = tf.nn.depthwise_conv2d if step.depthwise else tf.nn.conv2d
        result = tf.nn.bias_add(convolve(maps, kernel, strides, step.padding), bias)
        return tf.nn.relu6(result) if step.relu6 else result


def _variable(array, name: str) -> tf.Variable:
    return tf.Variable(array, dtype=tf.float32, name=name)
