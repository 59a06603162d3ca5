"""Where the rows of a training step come from: fed with the call, or kept in the device's memory.

Either has ``open()``, to be called once outside a loop, which returns something with
``gather(rows)``: int64 [B] row numbers -> inputs [B,...] and labels int64 [B]. Labels and row
numbers are int64 since TensorFlow keeps int32 in the host's memory, whatever the device.
"""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf


class Fed(NamedTuple):
    """Rows that come with the call."""

    inputs: tf.Tensor  # [N,...]
    labels: tf.Tensor  # int32 [N]

    def open(self) -> Fed:
        return Fed(self.inputs, tf.cast(self.labels, tf.int64))

    def gather(self, rows: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return tf.gather(self.inputs, rows), tf.gather(self.labels, rows)


class Resident:
    """Rows that a call loaded and later calls use: two variables that live in the session.

    They are known by a name, not by a handle that the SavedModel would keep, so they are in no
    checkpoint, and there is nothing of them before the first load.
    """

    def __init__(self, name: str, row: tf.TensorSpec):
        """``row`` is the type of the inputs, [None,...]."""
        self._inputs = _Array(f"resident/{name}", row)
        self._labels = _Array(f"resident/{name}_labels", tf.TensorSpec((None,), tf.int64))

    def load(self, inputs, labels, first_row, room) -> tf.Tensor:
        """Writes N rows, from ``first_row`` on; before that makes room for ``room`` rows.

        ``labels`` is int32 [N], ``first_row`` and ``room`` int32 []; room for 0 frees the memory,
        room for -1 leaves what is there. Returns for how many rows there is room, int32 [].
        """
        self._labels.write(tf.cast(labels, tf.int64), first_row, room)
        return self._inputs.write(inputs, first_row, room)

    def open(self) -> _Opened:
        return _Opened(self._inputs, self._labels)


class _Opened:
    def __init__(self, inputs: _Array, labels: _Array):
        self._arrays = (inputs, labels)
        self._handles = [array.handle() for array in self._arrays]

    def gather(self, rows: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        inputs, labels = (
            array.gather(handle, rows) for array, handle in zip(self._arrays, self._handles)
        )
        return inputs, labels


class _Array:
    """A variable of rows in the memory of the device that runs the function."""

    def __init__(self, name: str, row: tf.TensorSpec):
        self._name = name
        self._row = row

    def handle(self) -> tf.Tensor:
        return tf.raw_ops.VarHandleOp(
            dtype=self._row.dtype, shape=self._row.shape, shared_name=self._name
        )

    def write(self, values: tf.Tensor, first_row: tf.Tensor, room: tf.Tensor) -> tf.Tensor:
        handle = self.handle()

        def make_room():
            rest = tf.constant(self._row.shape[1:].as_list(), tf.int32)
            shape = tf.concat([tf.reshape(room, (1,)), rest], 0)
            nothing = tf.zeros(shape, self._row.dtype)
            tf.raw_ops.AssignVariableOp(resource=handle, value=nothing)
            return True

        tf.cond(room >= 0, make_room, lambda: False)
        first = tf.reshape(first_row, (1,))
        tf.raw_ops.ResourceStridedSliceAssign(
            ref=handle,
            begin=first,
            end=first + tf.shape(values)[:1],
            strides=tf.constant([1]),
            value=values,
        )
        return tf.raw_ops.VariableShape(input=handle)[0]

    def gather(self, handle: tf.Tensor, rows: tf.Tensor) -> tf.Tensor:
        """The rows alone are copied; reading the variable first would copy all of it."""
        return tf.raw_ops.ResourceGather(resource=handle, indices=rows, dtype=self._row.dtype)
