"""Batch prediction by Keras: ``python -m bench.peers.keras_predict MODEL.keras``."""

from __future__ import annotations

import sys

import keras
import numpy as np

from bench.peers import throughput


def main(path: str) -> None:
    model = keras.models.load_model(path)

    def prepare(batch: int):
        def predict(images: np.ndarray, times: int) -> None:
            # All passes in one call: predict has a start-up of its own in every call.
            many = np.broadcast_to(images, (times, *images.shape)).reshape(-1, 32, 32, 3)
            model.predict(many, batch_size=batch, verbose=0)

        return predict

    throughput.measure(prepare, [64, 256, 1024])


if __name__ == "__main__":
    main(sys.argv[1])
