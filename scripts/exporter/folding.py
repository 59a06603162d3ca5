"""Folds BatchNorm into the convolutions of a Keras model.

For a base in inference mode, ``BN(conv(x, w))`` is one convolution with

    w' = w * gamma / sqrt(variance + epsilon)
    b' = beta + (b - mean) * gamma / sqrt(variance + epsilon)

(Ioffe and Szegedy 2015, section 3.1, with the moving statistics). The result is a ``Plan``: the
steps of the network in order, with plain arrays, computed in float64 and rounded once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import keras
import numpy as np

from exporter.errors import ExportError


@dataclass
class Convolution:
    """A 2-D convolution with bias, and ReLU6 after it when ``relu6`` is set.

    ``kernel`` is [height, width, in, out], or [height, width, in, 1] when ``depthwise``;
    ``bias`` is [out]; ``out_size`` is the edge length of the square output map.
    """

    name: str
    source: str
    kernel: np.ndarray
    bias: np.ndarray
    stride: int
    padding: str
    depthwise: bool
    out_size: int
    relu6: bool = False

    @property
    def pointwise(self) -> bool:
        """Whether each position of the map is computed from that position alone."""
        return not self.depthwise and self.kernel.shape[:2] == (1, 1) and self.stride == 1


@dataclass
class Addition:
    """The sum of two maps: a residual connection."""

    name: str
    sources: tuple[str, str]


@dataclass
class Plan:
    """A folded network: ``steps`` in order, from ``source`` (the image) to ``output``.

    ``image_size`` is the network's resolution, ``features`` the channels of the last map.
    """

    source: str
    image_size: int
    steps: list[Convolution | Addition] = field(default_factory=list)
    output: str = ""
    features: int = 0


def fold(model: keras.Model) -> Plan:
    """Returns the plan of ``model``, a functional Keras model without pooling or head."""
    plan = Plan(source=model.input.name, image_size=int(model.input.shape[1]))
    folder = _Folder(plan)
    for layer in model.layers:
        folder.visit(layer)
    plan.output = folder.producer[_operation_name(model.output)]
    plan.features = int(model.output.shape[-1])
    return plan


class _Folder:
    """Walks the layers; ``producer`` maps each Keras layer to the step that yields its output."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.producer: dict[str, str] = {}
        self.convolutions: dict[str, Convolution] = {}
        self.paddings: dict[str, keras.layers.ZeroPadding2D] = {}

    def visit(self, layer: keras.layers.Layer) -> None:
        handlers = {
            keras.layers.InputLayer: self._input,
            keras.layers.ZeroPadding2D: self._zero_padding,
            keras.layers.DepthwiseConv2D: self._convolution,
            keras.layers.Conv2D: self._convolution,
            keras.layers.BatchNormalization: self._batch_normalization,
            keras.layers.ReLU: self._relu,
            keras.layers.Add: self._add,
        }
        handler = handlers.get(type(layer))
        if handler is None:
            known = ", ".join(kind.__name__ for kind in handlers)
            raise ExportError(
                f"{layer.name}: layer of type {type(layer).__name__} cannot be folded, "
                f"expected one of {known}"
            )
        handler(layer)

    def _input(self, layer) -> None:
        self.producer[layer.name] = layer.name
        self.plan.source = layer.name

    def _zero_padding(self, layer) -> None:
        self.producer[layer.name] = self.producer[_operation_name(layer.input)]
        self.paddings[layer.name] = layer

    def _convolution(self, layer) -> None:
        parent = _operation_name(layer.input)
        depthwise = isinstance(layer, keras.layers.DepthwiseConv2D)
        kernel = np.asarray(layer.kernel, np.float64)
        channels = kernel.shape[2] if depthwise else kernel.shape[3]
        bias = np.asarray(layer.bias, np.float64) if layer.use_bias else np.zeros(channels)
        padding = layer.padding.upper()
        if parent in self.paddings:
            padding = _padding_of(self.paddings[parent], layer)
        step = Convolution(
            name=layer.name,
            source=self.producer[parent],
            kernel=kernel,
            bias=bias,
            stride=int(layer.strides[0]),
            padding=padding,
            depthwise=depthwise,
            out_size=int(layer.output.shape[1]),
        )
        self.plan.steps.append(step)
        self.convolutions[layer.name] = step
        self.producer[layer.name] = layer.name

    def _batch_normalization(self, layer) -> None:
        step = self._convolution_before(layer)
        variance = np.asarray(layer.moving_variance, np.float64)
        gain = np.asarray(layer.gamma, np.float64) / np.sqrt(variance + layer.epsilon)
        step.kernel = step.kernel * (gain[:, np.newaxis] if step.depthwise else gain)
        mean = np.asarray(layer.moving_mean, np.float64)
        step.bias = np.asarray(layer.beta, np.float64) + (step.bias - mean) * gain

    def _relu(self, layer) -> None:
        if layer.max_value != 6:
            raise ExportError(f"{layer.name}: max_value is {layer.max_value}, expected 6")
        self._convolution_before(layer).relu6 = True

    def _convolution_before(self, layer) -> Convolution:
        """The convolution that ``layer`` is folded into; its ReLU6 must not come before."""
        name = self.producer[_operation_name(layer.input)]
        step = self.convolutions.get(name)
        if step is None or step.relu6:
            raise ExportError(f"{layer.name}: follows {name}, expected a convolution without ReLU6")
        self.producer[layer.name] = name
        return step

    def _add(self, layer) -> None:
        first, second = (self.producer[_operation_name(tensor)] for tensor in layer.input)
        self.plan.steps.append(Addition(layer.name, (first, second)))
        self.producer[layer.name] = layer.name


def _operation_name(tensor) -> str:
    """The name of the Keras layer that produced a symbolic tensor."""
    return tensor._keras_history.operation.name


def _padding_of(padding_layer, convolution) -> str:
    """'SAME', having checked that explicit zero padding equals what TensorFlow's SAME would add."""
    kernel, stride = convolution.kernel_size[0], convolution.strides[0]
    in_size = int(padding_layer.input.shape[1])
    total = max((-(-in_size // stride) - 1) * stride + kernel - in_size, 0)
    same = (total // 2, total - total // 2)
    found = tuple(tuple(edge) for edge in padding_layer.padding)
    if convolution.padding != "valid" or found != (same, same):
        raise ExportError(f"{padding_layer.name}: pads {found}, expected {(same, same)}")
    return "SAME"
