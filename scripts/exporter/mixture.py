"""The accurate model: bytes read as symbols beside MobileNetV2, mixed by their probabilities."""

from __future__ import annotations

import math

import tensorflow as tf

from exporter import depth_branch, losses, symbols
from exporter.adam import Adam
from exporter.byte_branch import ByteBranch
from exporter.depth_branch import DepthBranch
from exporter.folding import Plan
from exporter.network import INPUT_SIZE, Network
from exporter.noise import Noise

BYTE_WEIGHT, IMAGE_WEIGHT = 1.0, 0.25
"""Weights of the branches' probabilities, found by cross-validation (docs/accuracy.md)."""

BYTE_NOISE = 0.3
CHUNK = 256
"""Rows classified at a time: a row's maps take 128 kB."""

INITIALIZER_STREAMS = (-1, -2, -3, -4)
"""Second halves of the random seeds of a fresh head; steps count from 0 upwards there."""


class Mixture(tf.Module):
    """A folded base and a head of two branches, with one Adam for each of base and head.

    An image's features are its 1,024 bytes, exact as float32, then the pooled maps. ``logits`` are
    logarithms of mixed probabilities, so their softmax is the mixture itself.
    """

    activation = losses.SOFTMAX

    def __init__(
        self,
        plan: Plan,
        classes: int,
        seed: int,
        byte_noise: float = BYTE_NOISE,
        image_weight: float = IMAGE_WEIGHT,
    ):
        super().__init__(name="mixture")
        self.classes = classes
        self.image_weight = image_weight
        self.network = Network(plan)
        depths = depth_branch.depths(plan)
        self.depths = tuple(depths)
        self.byte_branch = ByteBranch(classes, byte_noise)
        self.depth_branch = DepthBranch(2 * sum(depths.values()), classes)
        head = [*self.byte_branch.weights, *self.depth_branch.weights]
        self.head_optimizer = Adam(head, "head_optimizer")
        self.base_optimizer = Adam(self.network.weights, "base_optimizer")
        self.initialize(tf.constant(seed, tf.int64))

    @property
    def feature_count(self) -> int:
        return symbols.BYTES + self.depth_branch.kernel.shape[0]

    def initialize(self, seed: tf.Tensor) -> tf.Tensor:
        """Fresh head, slots and steps at zero; the base stays. int64 [] -> the step, int64 []."""
        streams = [tf.stack([seed, tf.constant(n, tf.int64)]) for n in INITIALIZER_STREAMS]
        self.byte_branch.initialize(streams[:3])
        self.depth_branch.initialize(streams[3])
        self.head_optimizer.reset()
        self.base_optimizer.reset()
        return self.head_optimizer.step.read_value()

    def features(self, images: tf.Tensor) -> tf.Tensor:
        """uint8 [N,32,32,3] -> float32 [N,F]."""
        rows = symbols.of(images)
        return tf.concat([tf.cast(rows, tf.float32), self.image_features(self.encode(rows))], 1)

    def encode(self, rows: tf.Tensor) -> tf.Tensor:
        """int64 [N,1024] -> what the network sees, float32 [N,32,32,3]."""
        return symbols.bits(tf.reshape(rows, (-1, INPUT_SIZE, INPUT_SIZE)))

    def image_features(self, encoded: tf.Tensor) -> tf.Tensor:
        """float32 [N,32,32,3] -> the features that follow the bytes."""
        return depth_branch.pooled(self.network.maps(encoded, "nearest"), self.depths)

    def logits(self, features: tf.Tensor) -> tf.Tensor:
        """float32 [N,F] -> float32 [N,C], a few rows at a time to bound memory."""
        chunks = (tf.shape(features)[0] + CHUNK - 1) // CHUNK
        parts = tf.TensorArray(
            tf.float32, chunks, infer_shape=False, element_shape=(None, self.classes)
        )

        def body(index, parts):
            rows = features[index * CHUNK : (index + 1) * CHUNK]
            return index + 1, parts.write(index, self._chunk_logits(rows))

        _, parts = tf.while_loop(
            lambda index, _: index < chunks, body, (0, parts), parallel_iterations=1
        )
        return parts.concat()

    def _chunk_logits(self, features: tf.Tensor) -> tf.Tensor:
        rows, image_features = _parts(features)
        return self.mixed(self.branches(self.byte_branch.embed(rows), image_features))

    def branches(self, embedded: tf.Tensor, image_features: tf.Tensor) -> list[tf.Tensor]:
        """The logits of each branch, float32 [N,C]."""
        return [self.byte_branch.logits(embedded), self.depth_branch.logits(image_features)]

    def training_logits(self, features: tf.Tensor, mask, noise: Noise) -> list[tf.Tensor]:
        """The logits of each branch with byte noise and dropout; takes note of the rows."""
        rows, image_features = _parts(features)
        self.depth_branch.observe(tf.stop_gradient(image_features), mask)
        embedded = self.byte_branch.embed(self.byte_branch.disturbed(rows, noise))
        return [
            self.byte_branch.logits(embedded, noise),
            self.depth_branch.logits(image_features),
        ]

    def mixed(self, branches: list[tf.Tensor]) -> tf.Tensor:
        """log(sum of weight * softmax), computed without leaving logarithms: float32 [N,C]."""
        if self.image_weight == 0:
            return tf.nn.log_softmax(branches[0])
        total = BYTE_WEIGHT + self.image_weight
        shares = (BYTE_WEIGHT / total, self.image_weight / total)
        parts = [tf.nn.log_softmax(z) + math.log(w) for z, w in zip(branches, shares)]
        return tf.reduce_logsumexp(tf.stack(parts), 0)

    def probabilities(self, features: tf.Tensor) -> tf.Tensor:
        """float32 [N,F] -> float32 [N,C]."""
        return tf.nn.softmax(self.logits(features))

    def evaluate(self, features: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """float32 [N,F], int32 [N] -> losses float32 [N] and probabilities float32 [N,C]."""
        logits = self.logits(features)
        targets = tf.one_hot(labels, self.classes)
        return losses.row_losses(logits, targets, self.activation), tf.nn.softmax(logits)

    def describe(self) -> dict:
        """What ``contract.json`` says of the head beyond its signatures."""
        return {
            "encoding": "bits",
            "features": {"bytes": symbols.BYTES, "depths": list(self.depths)},
            "weights": {"byte_branch": BYTE_WEIGHT, "depth_branch": self.image_weight},
            "byte_noise": self.byte_branch.byte_noise,
            "dropout": "pooled maps of the byte branch",
            "losses": "of the mixed probabilities; the sum of the branches' losses is minimised",
            "explain": "logits of the byte branch alone",
        }


def _parts(features: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """float32 [N,F] -> bytes int64 [N,1024] and the features that follow them."""
    rows = tf.cast(features[:, : symbols.BYTES], tf.int64)
    return rows, features[:, symbols.BYTES :]
