"""Keras's Adam and AdamW over a group of variables."""

from __future__ import annotations

import tensorflow as tf

BETA_1 = 0.9
BETA_2 = 0.999
EPSILON = 1e-7


class Adam(tf.Module):
    """The optimizer state of one group of variables: a step counter and two slots a variable.

    Each group counts its own steps, so that a base trained after its head starts with the bias
    correction of a first step.
    """

    def __init__(self, variables: list[tf.Variable], name: str):
        super().__init__(name=name)
        self._variables = _Untracked(variables)
        self.step = tf.Variable(0, dtype=tf.int64, name=f"{name}/step")
        self.momentums = [_slot(variable, "momentum") for variable in variables]
        self.velocities = [_slot(variable, "velocity") for variable in variables]

    @property
    def trained(self) -> list[tf.Variable]:
        return self._variables.items

    def reset(self) -> None:
        self.step.assign(0)
        for slot in self.momentums + self.velocities:
            slot.assign(tf.zeros_like(slot))

    def apply(self, gradients: list[tf.Tensor], rate, decay, decays, trained=None) -> None:
        """One step with learning rate ``rate`` and weight decay ``decay``, both float32 [].

        ``decays``, int32 [], is more than 0 where ``decay`` is. ``trained``, float32 [V], is 1 for
        each of the V variables that takes part and 0 for those that keep their values; their slots
        see a gradient of 0.

        Keras's ``AdamW``: first ``variable -= variable * decay * rate``, then Adam with the bias
        correction in the learning rate ("epsilon hat", Kingma and Ba 2015, section 2), which is
        what TensorFlow's ``ResourceApplyAdam`` computes.
        """
        rates = self._each(rate, trained)
        if trained is not None:
            shares = tf.unstack(trained)
            gradients = [_masked(*pair) for pair in zip(gradients, shares)]
        tf.cond(decays > 0, lambda: self._decay(rate * decay, trained), lambda: False)
        step = tf.cast(self.step.assign_add(1), tf.float32)
        powers = {"beta1_power": tf.pow(BETA_1, step), "beta2_power": tf.pow(BETA_2, step)}
        slots = zip(self.trained, self.momentums, self.velocities, gradients, rates)
        for variable, momentum, velocity, gradient, own_rate in slots:
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle,
                m=momentum.handle,
                v=velocity.handle,
                lr=own_rate,
                beta1=BETA_1,
                beta2=BETA_2,
                epsilon=EPSILON,
                grad=tf.convert_to_tensor(gradient),  # of an embedding: sparse
                **powers,
            )

    def _decay(self, factor: tf.Tensor, trained) -> bool:
        for variable, own_factor in zip(self.trained, self._each(factor, trained)):
            variable.assign_sub(variable * own_factor)
        return True

    def _each(self, value: tf.Tensor, trained) -> list[tf.Tensor]:
        """``value`` for every variable that is trained, 0 for the others."""
        return [value] * len(self.trained) if trained is None else tf.unstack(value * trained)


class _Untracked:
    """Hides variables that another module saves, so that a checkpoint holds each of them once."""

    def __init__(self, items: list[tf.Variable]):
        self.items = items


def _masked(gradient, share: tf.Tensor) -> tf.Tensor:
    """The gradient, or zeros even where it is not finite."""
    return tf.math.multiply_no_nan(tf.convert_to_tensor(gradient), share)


def _slot(variable: tf.Variable, kind: str) -> tf.Variable:
    name = variable.name.split(":")[0]
    return tf.Variable(tf.zeros(variable.shape), dtype=tf.float32, name=f"{name}/{kind}")
