"""Keras models that the graph's training is compared with."""

import keras
import numpy as np
from keras import layers

from exporter.folding import Addition, Plan


def folded_model(plan: Plan, head: list[np.ndarray], trainable_base: bool) -> keras.Model:
    """Keras layers with the folded weights, pooling and a softmax head.

    Convolutions carry their step's name, the head is called ``head``.
    """
    image = keras.Input((plan.image_size, plan.image_size, 3))
    maps = {plan.source: image}
    for step in plan.steps:
        if isinstance(step, Addition):
            maps[step.name] = layers.Add()([maps[source] for source in step.sources])
            continue
        arguments = {
            "kernel_size": step.kernel.shape[:2],
            "strides": step.stride,
            "padding": step.padding.lower(),
            "activation": "relu6" if step.relu6 else None,
            "name": step.name,
            "trainable": trainable_base,
        }
        if step.depthwise:
            layer = layers.DepthwiseConv2D(**arguments)
        else:
            layer = layers.Conv2D(filters=step.kernel.shape[3], **arguments)
        maps[step.name] = layer(maps[step.source])
        layer.set_weights([step.kernel, step.bias])
    pooled = layers.GlobalAveragePooling2D()(maps[plan.output])
    return _with_head(image, pooled, head)


def head_model(head: list[np.ndarray], activation: str = "softmax") -> keras.Model:
    """A dense layer on features."""
    features = keras.Input((head[0].shape[0],))
    return _with_head(features, features, head, activation)


def _with_head(inputs, features, head, activation="softmax") -> keras.Model:
    dense = layers.Dense(head[1].shape[0], activation=activation, name="head")
    model = keras.Model(inputs, dense(features))
    dense.set_weights(head)
    return model


def train(model, inputs, labels, batches, optimizer=None, loss=None, class_weight=None):
    """``train_on_batch`` on each batch of row numbers; returns the losses."""
    loss = loss or keras.losses.SparseCategoricalCrossentropy()
    model.compile(optimizer or keras.optimizers.Adam(1e-3), loss)
    losses = []
    for rows in batches:
        model.reset_metrics()
        result = model.train_on_batch(inputs[rows], labels[rows], class_weight=class_weight)
        losses.append(float(result))
    return losses
