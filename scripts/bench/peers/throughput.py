"""Images a second of a peer's batch prediction, at the batch size that suits it best.

Input is float32 [N,32,32,3] that is ready in memory. (The application starts from bytes, 1,024 an
image, and makes RGB of them within the time measured.)
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

import numpy as np

WARM_UP, TIME = 1.0, 2.0
PASS = 4096  # images of one pass


def measure(
    prepare: Callable[[int], Callable[[np.ndarray, int], None]], batches: list[int]
) -> None:
    """Prints the best of ``batches``.

    ``prepare`` gets a batch size and returns a function that predicts one batch N times.
    """
    rates = {batch: _rate(prepare(batch), batch) for batch in batches}
    best = max(rates, key=rates.get)
    print(json.dumps({"images_per_second": rates[best], "batch": best, "all": rates}))


def _rate(predict: Callable[[np.ndarray, int], None], batch: int) -> float:
    images = np.random.default_rng(batch).random((batch, 32, 32, 3), np.float32)
    times = PASS // batch
    _passes(lambda: predict(images, times), WARM_UP, least=1)
    return batch * times / statistics.median(_passes(lambda: predict(images, times), TIME, least=3))


def _passes(once: Callable[[], None], seconds: float, least: int) -> list[float]:
    taken = []
    end = time.perf_counter() + seconds
    while len(taken) < least or time.perf_counter() < end:
        start = time.perf_counter()
        once()
        taken.append(time.perf_counter() - start)
    return taken
