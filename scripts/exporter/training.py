"""Many optimizer steps in one call: a loop inside the graph, without feeds or host round trips."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import tensorflow as tf

from exporter import losses
from exporter.classifier import Classifier
from exporter.mixture import Mixture
from exporter.noise import Noise


class Settings(NamedTuple):
    """What a caller chooses for a run of S steps; zeros and ones switch regularisers off."""

    learning_rates: tf.Tensor  # float32 [S]
    dropout: tf.Tensor  # float32 [], share of the features set to zero
    label_smoothing: tf.Tensor  # float32 []
    weight_decay: tf.Tensor  # float32 [], decoupled
    class_weights: tf.Tensor  # float32 [C]
    seed: tf.Tensor  # int64 [], of the dropout


class StepResult(NamedTuple):
    """Mean loss over the valid rows, float32 [], and how many were classified right, int32 []."""

    loss: tf.Tensor
    correct: tf.Tensor


class Trainer:
    """Trains ``classifier`` on rows that ``extract`` turns into features.

    ``extract`` maps the gathered rows of ``inputs`` to float32 [B,F]. With ``base`` the network is
    trained too, else its features count as constants.
    """

    def __init__(
        self,
        classifier: Classifier | Mixture,
        extract: Callable[[tf.Tensor], tf.Tensor],
        base: bool = False,
    ):
        self.classifier = classifier
        self.extract = extract
        self.optimizers = [classifier.head_optimizer]
        if base:
            self.optimizers.append(classifier.base_optimizer)

    def run(self, inputs, labels, batches, settings: Settings) -> tuple[tf.Tensor, tf.Tensor]:
        """Runs the S steps of ``batches``, int32 [S,B] row numbers padded with -1.

        ``inputs`` is [N,...], ``labels`` int32 [N]; returns losses float32 [S], correct int32 [S].
        """
        steps = tf.shape(batches)[0]
        history = (
            tf.TensorArray(tf.float32, steps, element_shape=()),
            tf.TensorArray(tf.int32, steps, element_shape=()),
        )

        def body(index, losses_so_far, correct_so_far):
            result = self._guarded_step(inputs, labels, batches[index], index, settings)
            return (
                index + 1,
                losses_so_far.write(index, result.loss),
                correct_so_far.write(index, result.correct),
            )

        _, step_losses, correct = tf.while_loop(
            lambda index, *_: index < steps, body, (0, *history), parallel_iterations=1
        )
        return step_losses.stack(), correct.stack()

    def _guarded_step(self, inputs, labels, rows, index, settings) -> StepResult:
        """One step; nothing at all when no row is valid: momentum would move the weights."""
        valid = rows >= 0

        def step():
            safe = tf.maximum(rows, 0)
            batch = tf.gather(inputs, safe), tf.gather(labels, safe)
            return self._step(*batch, tf.cast(valid, tf.float32), index, settings)

        def nothing():
            return StepResult(tf.constant(0.0), tf.constant(0))

        return tf.cond(tf.reduce_any(valid), step, nothing)

    def _step(self, inputs, labels, mask, index, settings) -> StepResult:
        """One optimizer step on B rows; ``mask`` is float32 [B], 1 where a row is not padding.

        Several branches learn side by side, each from its own loss: their sum is minimised. The
        loss reported is that of the mixture, which ``evaluate`` reports too.
        """
        variables = [variable for group in self.optimizers for variable in group.trained]
        features = None if len(self.optimizers) > 1 else self.extract(inputs)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(variables)
            if features is None:
                features = self.extract(inputs)
            noise = Noise(settings.dropout, settings.seed, self.classifier.head_optimizer.step)
            branches = self.classifier.training_logits(features, mask, noise)
            branch_losses = [self._mean_loss(b, labels, mask, settings) for b in branches]
            minimised = sum(branch_losses[1:], branch_losses[0])
        logits = self.classifier.mixed(branches)
        alone = len(branches) == 1
        loss = minimised if alone else self._mean_loss(logits, labels, mask, settings)
        gradients = iter(tape.gradient(minimised, variables))
        for group in self.optimizers:
            mine = [next(gradients) for _ in group.trained]
            group.apply(mine, settings.learning_rates[index], settings.weight_decay)
        hits = tf.equal(tf.argmax(logits, 1, tf.int32), labels) & (mask > 0)
        return StepResult(loss, tf.math.count_nonzero(hits, dtype=tf.int32))

    def _mean_loss(self, logits, labels, mask, settings) -> tf.Tensor:
        """Keras's ``sum_over_batch_size``: the weighted sum divided by the number of valid rows."""
        activation, classes = self.classifier.activation, self.classifier.classes
        targets = losses.smoothed_targets(labels, classes, settings.label_smoothing)
        weights = mask * tf.gather(settings.class_weights, labels)
        total = tf.reduce_sum(weights * losses.row_losses(logits, targets, activation))
        return total / tf.reduce_sum(mask)
