"""Many optimizer steps in one call: a loop inside the graph, without feeds or host round trips."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import tensorflow as tf

from exporter import losses
from exporter.classifier import Classifier
from exporter.mixture import Mixture
from exporter.noise import Noise
from exporter.rows import Fed, Resident


class Settings(NamedTuple):
    """What a caller chooses for a run of S steps; zeros and ones switch regularisers off."""

    learning_rates: tf.Tensor  # float32 [S]
    dropout: tf.Tensor  # float32 [], share of the features set to zero
    label_smoothing: tf.Tensor  # float32 []
    weight_decay: tf.Tensor  # float32 [], decoupled
    class_weights: tf.Tensor  # float32 [C]
    seed: tf.Tensor  # int64 [], of the dropout


class BaseSettings(NamedTuple):
    """How the base is trained where that differs from the head."""

    learning_rates: tf.Tensor  # float32 [S]
    trained: tf.Tensor  # float32 [V], 1 for each weight of the base that is trained, else 0

    @classmethod
    def of(cls, classifier, learning_rates: tf.Tensor, blocks: tf.Tensor) -> BaseSettings:
        """``blocks``, int32 [], is how many of the network's last blocks are trained."""
        network = classifier.network
        first = len(network.blocks) - blocks
        trained = tf.constant(network.weight_blocks, tf.int32) >= first
        return cls(learning_rates, tf.cast(trained, tf.float32))

    def at(self, index: tf.Tensor) -> BaseSettings:
        """The rate of one step, float32 [], in place of all."""
        return BaseSettings(self.learning_rates[index], self.trained)


class Switches(NamedTuple):
    """Which regularisers act: int32 [], more than 0 where one does.

    Found once for all steps: a condition on a value that is on a GPU makes the host wait for it.
    """

    dropout: tf.Tensor
    weight_decay: tf.Tensor

    @classmethod
    def of(cls, settings: Settings) -> Switches:
        return cls(
            tf.cast(settings.dropout > 0, tf.int32), tf.cast(settings.weight_decay > 0, tf.int32)
        )


class StepResult(NamedTuple):
    """Mean loss over the valid rows, float32 [], and how many were classified right, int64 []."""

    loss: tf.Tensor
    correct: tf.Tensor


class Trainer:
    """Trains ``classifier`` on rows that ``extract`` turns into features.

    ``extract`` maps gathered inputs to float32 [B,F]. With ``base`` the network is trained too,
    else its features count as constants. With ``xla`` a step is compiled where it runs.

    On a GPU a step should neither wait for the host nor copy from it: what a step looks up, and
    what decides a branch, is where TensorFlow wants it before the loop begins. Row numbers and
    counts are int64, in the device's memory; conditions are int32, which it keeps in the host's.
    Gradients of means, in fine-tuning and in the accurate model, still cross with a few shapes.
    """

    def __init__(
        self,
        classifier: Classifier | Mixture,
        extract: Callable[[tf.Tensor], tf.Tensor],
        base: bool = False,
        xla: bool = False,
    ):
        self.classifier = classifier
        self.extract = extract
        self.optimizers = [classifier.head_optimizer]
        self.step = self._step
        if xla:
            self.step = tf.function(self._step, jit_compile=True, autograph=False)
        if base:
            self.optimizers.append(classifier.base_optimizer)

    def run(
        self,
        source: Fed | Resident,
        batches,
        settings: Settings,
        base: BaseSettings | None = None,
    ):
        """Runs the S steps of ``batches``, int32 [S,B] row numbers padded with -1.

        Without ``base`` the base, where it is trained at all, is trained as the head is.
        Returns losses float32 [S], correct int32 [S].
        """
        steps = tf.shape(batches)[0]
        switches = Switches.of(settings)
        largest = tf.reduce_max(batches, 1)
        opened = source.open()
        batches = tf.cast(batches, tf.int64)
        history = (
            tf.TensorArray(tf.float32, steps, element_shape=()),
            tf.TensorArray(tf.int64, steps, element_shape=()),
        )

        def body(index, losses_so_far, correct_so_far):
            result = tf.cond(
                largest[index] >= 0,
                lambda: self._padded_step(
                    opened.gather,
                    batches[index],
                    settings,
                    switches,
                    settings.learning_rates[index],
                    None if base is None else base.at(index),
                ),
                _no_step,
            )
            return (
                index + 1,
                losses_so_far.write(index, result.loss),
                correct_so_far.write(index, result.correct),
            )

        _, step_losses, correct = tf.while_loop(
            lambda index, *_: index < steps, body, (0, *history), parallel_iterations=1
        )
        return step_losses.stack(), tf.cast(correct.stack(), tf.int32)

    def _padded_step(self, gather, rows, settings, switches, rate, base) -> StepResult:
        """One step on the valid ones of B rows, int64 [B]."""
        inputs, labels = gather(tf.maximum(rows, 0))
        mask = tf.cast(rows >= 0, tf.float32)
        return self.step(inputs, labels, mask, settings, switches, rate, base)

    def _step(self, inputs, labels, mask, settings, switches, rate, base) -> StepResult:
        """One optimizer step on B rows with learning rate ``rate``; ``base`` may have another.

        ``mask`` is float32 [B], 1 where a row is not padding.

        Several branches learn side by side, each from its own loss: their sum is minimised. The
        loss reported is that of the mixture, which ``evaluate`` reports too.
        """
        variables = [variable for group in self.optimizers for variable in group.trained]
        features = None if len(self.optimizers) > 1 else self.extract(inputs)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(variables)
            if features is None:
                features = self.extract(inputs)
            step = self.classifier.head_optimizer.step
            noise = Noise(settings.dropout, switches.dropout, settings.seed, step)
            branches = self.classifier.training_logits(features, mask, noise)
            branch_losses = [self._mean_loss(b, labels, mask, settings) for b in branches]
            minimised = sum(branch_losses[1:], branch_losses[0])
        logits = self.classifier.mixed(branches)
        alone = len(branches) == 1
        loss = minimised if alone else self._mean_loss(logits, labels, mask, settings)
        gradients = iter(tape.gradient(minimised, variables))
        for group in self.optimizers:
            mine = [next(gradients) for _ in group.trained]
            if base is None or group is self.classifier.head_optimizer:
                group.apply(mine, rate, settings.weight_decay, switches.weight_decay)
            else:
                decay = (settings.weight_decay, switches.weight_decay)
                group.apply(mine, base.learning_rates, *decay, base.trained)
        hits = tf.equal(tf.argmax(logits, 1), labels) & (mask > 0)
        return StepResult(loss, tf.math.count_nonzero(hits))

    def _mean_loss(self, logits, labels, mask, settings) -> tf.Tensor:
        """Keras's ``sum_over_batch_size``: the weighted sum divided by the number of valid rows."""
        activation, classes = self.classifier.activation, self.classifier.classes
        targets = losses.smoothed_targets(labels, classes, settings.label_smoothing)
        weights = mask * tf.gather(settings.class_weights, labels)
        total = tf.reduce_sum(weights * losses.row_losses(logits, targets, activation))
        return total / tf.reduce_sum(mask)


def _no_step() -> StepResult:
    """Where no row is valid nothing happens at all: momentum would move the weights."""
    return StepResult(tf.constant(0.0), tf.constant(0, tf.int64))
