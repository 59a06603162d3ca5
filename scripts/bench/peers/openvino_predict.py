"""Batch prediction by OpenVINO: ``python -m bench.peers.openvino_predict MODEL.onnx f32|bf16``."""

from __future__ import annotations

import sys

import numpy as np
import openvino
from openvino.properties import hint

from bench.peers import throughput

PRECISIONS = {"f32": openvino.Type.f32, "bf16": openvino.Type.bf16}


def main(path: str, precision: str) -> None:
    core = openvino.Core()

    def prepare(batch: int):
        model = core.read_model(path)
        model.reshape([batch, 32, 32, 3])
        settings = {
            hint.performance_mode: hint.PerformanceMode.THROUGHPUT,
            hint.inference_precision: PRECISIONS[precision],
        }
        queue = openvino.AsyncInferQueue(core.compile_model(model, "CPU", settings))

        def predict(images: np.ndarray, times: int) -> None:
            for _ in range(times):
                queue.start_async([images])
            queue.wait_all()

        return predict

    throughput.measure(prepare, [64, 256, 1024])


if __name__ == "__main__":
    main(*sys.argv[1:])
