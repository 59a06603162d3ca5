#!/usr/bin/env python3
"""Lists the GPU kernels of TensorFlow, for tests that tell where an op will run without a GPU.

    pip install tensorflow==2.18.1     # the build with CUDA; not what requirements.txt has
    python scripts/list_gpu_kernels.py

Kernels are registered when the library loads, with or without a GPU. For each op that a SavedModel
may contain (``allowed-ops.txt``) the list says with which types it has a kernel, and which of its
inputs and outputs that kernel keeps in the host's memory.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf
from tensorflow.core.framework import types_pb2
from tensorflow.python.framework import kernels

HOME = Path(__file__).resolve().parent.parent
ALLOWED = HOME / "src/main/resources/org/virusmnist/model/allowed-ops.txt"
OUTPUT = HOME / "scripts/tests/gpu_kernels.json"
TYPES = {"float", "half", "bfloat16", "int32", "int64", "uint8", "uint32", "uint64", "bool"}
TYPES |= {"variant", "resource", "string"}
DEVICES = ("GPU", "DEFAULT")  # the second stands in for types that the first has no kernel for


def main() -> int:
    parser = argparse.ArgumentParser(description="List TensorFlow's GPU kernels.")
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="FILE")
    output = parser.parse_args().output
    if not tf.test.is_built_with_cuda():
        print("error: this TensorFlow is built without CUDA, expected one with", file=sys.stderr)
        return 1
    found = {op: merged(distinct(kernels_of(op))) for op in allowed_ops()}
    lines = [f"{json.dumps(op)}: {json.dumps(kernels)}" for op, kernels in found.items()]
    text = ",\n".join([f'"tensorflow": "{tf.__version__}"', *lines])
    output.write_text("{\n" + text + "\n}\n", encoding="utf-8")
    print(f"wrote {output}")
    return 0


def allowed_ops() -> list[str]:
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return sorted(op for line in lines if line[:1] not in ("#", "[") for op in line.split())


def kernels_of(op: str) -> list[tuple[dict, list[str]]]:
    """(attribute -> types, inputs and outputs in the host's memory) of each kernel."""
    registered = kernels.get_registered_kernels_for_op(op).kernel
    ranked = [kernel for device in DEVICES for kernel in registered if kernel.device_type == device]
    described = [(_types(kernel), sorted(kernel.host_memory_arg)) for kernel in ranked]
    return [(types, host) for types, host in described if all(types.values())]


def _types(kernel) -> dict[str, set[str]]:
    return {
        constraint.name: {
            name
            for number in constraint.allowed_values.list.type
            if (name := types_pb2.DataType.Name(number)[3:].lower()) in TYPES
        }
        for constraint in kernel.constraint
    }


def distinct(found: list[tuple[dict, list[str]]]) -> list[tuple[dict, list[str]]]:
    """Leaves out kernels for types that an earlier one has."""
    kept: dict[str, tuple[dict, list[str]]] = {}
    for types, host in found:
        key = json.dumps({name: sorted(value) for name, value in types.items()}, sort_keys=True)
        kept.setdefault(key, (types, host))
    return list(kept.values())


def merged(found: list[tuple[dict, list[str]]]) -> list:
    """Joins kernels that differ in the types of one attribute only, until none do."""
    rows = [(types, host) for types, host in found]
    for name in sorted({name for types, _ in rows for name in types}):
        groups: dict[str, tuple[dict, list[str]]] = {}
        for types, host in rows:
            others = {key: sorted(value) for key, value in types.items() if key != name}
            key = json.dumps([others, name in types, host], sort_keys=True)
            known = groups.setdefault(key, ({k: set(v) for k, v in types.items()}, host))
            if name in types:
                known[0][name] |= types[name]
        rows = list(groups.values())
    listed = [({k: sorted(v) for k, v in sorted(types.items())}, host) for types, host in rows]
    return sorted(listed, key=json.dumps)


if __name__ == "__main__":
    sys.exit(main())
