"""The folded network over TensorFlow variables."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from exporter.folding import Addition, Convolution, Plan

INPUT_SIZE = 32
"""Edge length in pixels of the images a caller feeds, whatever the network's resolution."""

PARTS_OF_A_BLOCK = ("_expand", "_depthwise", "_project")
"""What Keras adds to the name of a MobileNetV2 block to name its convolutions."""


PALETTE = "palette"
"""The block of a learned palette; it comes before the network's own."""

SYMBOLS = 256


class Network(tf.Module):
    """A folded convolutional network that ends in global average pooling.

    With ``palette`` each byte has a colour of its own, trained with the network: bytes are then
    symbols and not shades. The colours start as the greys that they stand for without it.

    Weights are float32 always. ``compute_dtype`` is that of convolutions and of the maps between
    them, forwards and backwards, as in Keras's policy ``mixed_bfloat16``.
    """

    def __init__(self, plan: Plan, compute_dtype: tf.DType = tf.float32, palette: bool = False):
        super().__init__(name="network")
        self._plan = plan
        self.compute_dtype = compute_dtype
        self.palette = _variable(_greys(), "palette/colours") if palette else None
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
        """The palette, if any, and kernel and bias of every convolution, in their order."""
        convolutions = [part[n] for n in self.kernels for part in (self.kernels, self.biases)]
        return convolutions if self.palette is None else [self.palette, *convolutions]

    @property
    def blocks(self) -> list[str]:
        """The parts that can be trained or left alone, in the order of the network.

        MobileNetV2 has 19: ``Conv1``, ``expanded_conv``, ``block_1`` to ``block_16``, ``Conv_1``.
        """
        first = [] if self.palette is None else [PALETTE]
        return first + list(dict.fromkeys(map(_block, self.kernels)))

    @property
    def weight_blocks(self) -> list[int]:
        """The number of the block of each of ``weights``, from 0."""
        blocks = self.blocks
        convolutions = [blocks.index(_block(name)) for name in self.kernels for _ in range(2)]
        return convolutions if self.palette is None else [0, *convolutions]

    def scale(self, images: tf.Tensor) -> tf.Tensor:
        """uint8 [N,32,32,3] -> float32 [N,32,32,3]: from 0 to 1, or the palette's colours."""
        if self.palette is None:
            return tf.cast(images, tf.float32) / 255.0
        colours = self.palette.read_value()
        return tf.gather(colours, tf.cast(images[..., 0], tf.int64))

    def features(self, scaled: tf.Tensor) -> tf.Tensor:
        """float32 [N,32,32,3] from 0 to 1 -> float32 [N,F]."""
        last = self.maps(scaled, "bilinear")[self._plan.output]
        return tf.reduce_mean(tf.cast(last, tf.float32), axis=(1, 2))

    def maps(self, encoded: tf.Tensor, resize: str) -> dict[str, tf.Tensor]:
        """float32 [N,32,32,3] -> the map of every step by its name, [N,h,w,channels].

        ``resize`` is the method that brings the image to the network's resolution.
        """
        size = self.image_size
        if size != INPUT_SIZE:
            encoded = tf.image.resize(encoded, (size, size), method=resize)
        maps = {self._plan.source: tf.cast(encoded, self.compute_dtype)}
        for step in self._plan.steps:
            if isinstance(step, Addition):
                maps[step.name] = maps[step.sources[0]] + maps[step.sources[1]]
            else:
                maps[step.name] = self._convolve(step, maps[step.source])
        return maps

    def _convolve(self, step: Convolution, maps: tf.Tensor) -> tf.Tensor:
        """[N,h,w,in] -> [N,h',w',out]."""
        kernel = tf.cast(self.kernels[step.name], self.compute_dtype)
        bias = tf.cast(self.biases[step.name], self.compute_dtype)
        if step.pointwise:
            return self._multiply(step, maps, kernel, bias)
        strides = (1, step.stride, step.stride, 1)
        convolve = tf.nn.depthwise_conv2d if step.depthwise else tf.nn.conv2d
        return _activate(step, tf.nn.bias_add(convolve(maps, kernel, strides, step.padding), bias))

    def _multiply(self, step: Convolution, maps, kernel, bias) -> tf.Tensor:
        """A 1x1 convolution as one matrix product over all positions of all images.

        On a CPU this takes 0.6 of the time of the whole network with convolutions; bias and ReLU6
        stand before the reshape, where TensorFlow fuses them into the product.
        """
        channels_in, channels_out = kernel.shape[2:]
        rows = tf.reshape(maps, (-1, channels_in))
        product = tf.matmul(rows, tf.reshape(kernel, (channels_in, channels_out)))
        result = _activate(step, tf.nn.bias_add(product, bias))
        return tf.reshape(result, (-1, step.out_size, step.out_size, channels_out))


def _block(convolution: str) -> str:
    for part in PARTS_OF_A_BLOCK:
        convolution = convolution.removesuffix(part)
    return convolution


def _activate(step: Convolution, maps: tf.Tensor) -> tf.Tensor:
    return tf.nn.relu6(maps) if step.relu6 else maps


def _greys() -> np.ndarray:
    """float32 [256,3]."""
    shades = np.arange(SYMBOLS, dtype=np.float32) / np.float32(255)
    return np.repeat(shades[:, np.newaxis], 3, axis=1)


def _variable(array, name: str) -> tf.Variable:
    return tf.Variable(array, dtype=tf.float32, name=name)
