"""Batch prediction by ONNX Runtime: ``python -m bench.peers.onnxruntime_predict MODEL.onnx``.

One call a core, each with one thread: on two cores that was four times as fast as one call with two
threads.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime

from bench.peers import throughput


def main(path: str) -> None:
    cores = len(os.sched_getaffinity(0))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    with ThreadPoolExecutor(cores) as pool:

        def prepare(batch: int):
            def predict(images: np.ndarray, times: int) -> None:
                list(pool.map(lambda _: session.run(None, {name: images}), range(times)))

            return predict

        throughput.measure(prepare, [64, 256, 1024])


if __name__ == "__main__":
    main(sys.argv[1])
