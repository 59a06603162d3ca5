"""Writes the committed model's network, unfolded and with the same weights, for the peers.

    python -m bench.peers.convert SAVEDMODEL FOLDER

``model.keras`` is the notebook's Keras model with the base weights that the SavedModel was exported
from and its head; ``model.onnx`` is that model by tf2onnx.
"""

from __future__ import annotations

import sys
from pathlib import Path

import keras
import tensorflow as tf
import tf2onnx

import parity_keras

HEAD_SEED = 42
OPSET = 17


def main(exported: Path, folder: Path) -> None:
    base = parity_keras.base_weights(None, parity_keras._contract(exported))
    model = parity_keras.notebook_model(base, exported, HEAD_SEED)
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    _to_onnx(model, folder / "model.onnx")


def _to_onnx(model: keras.Model, path: Path) -> None:
    signature = (tf.TensorSpec((None, 32, 32, 3), tf.float32, name="images"),)
    function = tf.function(lambda images: model(images, training=False), input_signature=signature)
    tf2onnx.convert.from_function(function, signature, opset=OPSET, output_path=str(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
