"""Seconds to read a CSV into uint8 pixels and labels: ``read_csv pandas|polars FILE``.

Only reading counts, once in a new process, the file in the page cache; not the import.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np


def with_pandas(path: str) -> tuple[np.ndarray, np.ndarray]:
    frame = pandas.read_csv(path)
    return (
        frame.drop(columns=["label", "hash"]).to_numpy(np.uint8),
        frame["label"].to_numpy(np.int32),
    )


def with_polars(path: str) -> tuple[np.ndarray, np.ndarray]:
    frame = polars.read_csv(path)
    return (
        frame.drop("label", "hash").cast(polars.UInt8).to_numpy(),
        frame["label"].cast(polars.Int32).to_numpy(),
    )


if __name__ == "__main__":
    if sys.argv[1] == "pandas":
        import pandas

        read = with_pandas
    else:
        import polars

        read = with_polars
    start = time.perf_counter()
    pixels, labels = read(sys.argv[2])
    seconds = time.perf_counter() - start
    assert pixels.shape == (len(labels), 1024) and pixels.dtype == np.uint8
    print(json.dumps({"seconds": seconds, "rows": len(labels), "sum": int(pixels.sum())}))
