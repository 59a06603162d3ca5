"""The whole job in Keras: ``keras_job notebook|cached MODEL.keras TRAIN.csv TEST.csv OUTPUT``.

``notebook`` is what the public notebook does: everything goes through the frozen base in every
epoch. ``cached`` is what a Keras user does who knows that a frozen base says the same in every
epoch: ``predict`` once, then ``fit`` a dense layer on the features. Both read with pandas, hold a
third out for validation, train, evaluate the test rows, write predictions and draw curves and
confusion matrix. Prints the seconds of every epoch.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import keras
import matplotlib
import numpy as np
import pandas

matplotlib.use("Agg")
from matplotlib import pyplot

BATCH, LEARNING_RATE, VALIDATION, SEED = 32, 0.001, 0.33, 42
FEATURES_BATCH = 256  # the batch at which predict is fastest


class Clock(keras.callbacks.Callback):
    """Seconds of every epoch, validation included."""

    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.start)


def main(kind: str, path: str, train: str, test: str, output: str, epochs: str) -> None:
    notebook = keras.models.load_model(path)
    base = keras.Model(notebook.input, notebook.layers[-2].output)
    base.trainable = False
    rows, labels = read(train)
    tested, truth = read(test)
    if kind == "cached":
        rows, tested = (
            base.predict(images, batch_size=FEATURES_BATCH, verbose=0) for images in (rows, tested)
        )
        inputs = features = keras.Input(rows.shape[1:])
    else:
        inputs, features = base.input, base.output
    head = keras.layers.Dense(10, activation="softmax")
    model = keras.Model(inputs, head(features))
    clock = Clock()
    history = fit(model, rows, labels, int(epochs), clock)
    loss, accuracy = model.evaluate(tested, truth, verbose=0)
    probabilities = model.predict(tested, verbose=0)
    write(Path(output), history, truth, probabilities)
    print(json.dumps({"epochs": clock.seconds, "loss": loss, "accuracy": accuracy}))


def read(path: str) -> tuple[np.ndarray, np.ndarray]:
    """float32 [N,32,32,3] from 0 to 1, int [N]."""
    frame = pandas.read_csv(path).drop(columns="hash")
    labels = frame.pop("label").to_numpy()
    grey = frame.to_numpy(np.float32).reshape(-1, 32, 32, 1) / 255
    return np.repeat(grey, 3, axis=3), labels


def fit(model: keras.Model, rows, labels, epochs: int, clock: Clock) -> dict:
    order = np.random.default_rng(SEED).permutation(len(rows))
    held_out = round(VALIDATION * len(rows))
    validation, training = order[:held_out], order[held_out:]
    model.compile(
        keras.optimizers.Adam(LEARNING_RATE),
        keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return model.fit(
        rows[training],
        labels[training],
        batch_size=BATCH,
        epochs=epochs,
        validation_data=(rows[validation], labels[validation]),
        callbacks=[clock],
        verbose=0,
    ).history


def write(output: Path, history: dict, truth, probabilities) -> None:
    output.mkdir(parents=True, exist_ok=True)
    predicted = probabilities.argmax(axis=1)
    table = pandas.DataFrame(probabilities, columns=[f"p{i}" for i in range(10)])
    table.insert(0, "label", truth)
    table.insert(1, "predicted", predicted)
    table.to_csv(output / "predictions.csv", index_label="row")
    figure, axes = pyplot.subplots(1, 2, figsize=(12, 4))
    for axis, name in zip(axes, ("loss", "accuracy")):
        axis.plot(history[name], label="training")
        axis.plot(history[f"val_{name}"], label="validation")
        axis.set(xlabel="epoch", ylabel=name)
        axis.legend()
    figure.savefig(output / "curves.png")
    matrix = np.zeros((10, 10), int)
    np.add.at(matrix, (truth, predicted), 1)
    figure, axis = pyplot.subplots(figsize=(8, 8))
    axis.imshow(matrix, cmap="Blues")
    for (row, column), count in np.ndenumerate(matrix):
        axis.text(column, row, count, ha="center", va="center")
    axis.set(xlabel="predicted", ylabel="true")
    figure.savefig(output / "confusion_matrix.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
