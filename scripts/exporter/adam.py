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

    def apply(self, gradients: list[tf.Tensor], rate, decay, decays) -> None:
        """One step with learning rate ``rate`` and weight decay ``decay``, both float32 [].

        ``decays``, int32 [], is more than 0 where ``decay`` is.

        Keras's ``AdamW``: first ``variable -= variable * decay * rate``, then Adam with the bias
        correction in the learning rate ("epsilon hat", Kingma and Ba 2015, section 2), which is
        what TensorFlow's ``ResourceApplyAdam`` computes.
        """
        tf.cond(decays > 0, lambda: self._decay(rate * decay), lambda: False)
        step = tf.cast(self.step.assign_add(1), tf.float32)
        powers = {"beta1_power": tf.pow(BETA_1, step), "beta2_power": tf.pow(BETA_2, step)}
        slots = zip(self.trained, self.momentums, self.velocities, gradients)
        for variable, momentum, velocity, gradient in slots:
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle,
                m=momentum.handle,
                v=velocity.handle,
                lr=rate,
                beta1=BETA_1,
                beta2=BETA_2,
                epsilon=EPSILON,
                grad=tf.convert_to_tensor(gradient),  # of an embedding: sparse
                **powers,
            )

    def _decay(self, factor: tf.Tensor) -> bool:
        for variable in self.trained:
            variable.assign_sub(variable * factor)
        return True


class _Untracked:
    """Hides variables that another module saves, so that a checkpoint holds each of them once."""

    def __init__(self, items: list[tf.Variable]):
        self.items = items


def _slot(variable: tf.Variable, kind: str) -> tf.Variable:
    name = variable.name.split(":")[0]
    return tf.Variable(tf.zeros(variable.shape), dtype=tf.float32, name=f"{name}/{kind}")
