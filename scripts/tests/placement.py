"""Where TensorFlow would run a SavedModel's ops on a GPU, and what would cross between memories.

No GPU is needed: ``gpu_kernels.json`` says what the CUDA build of TensorFlow has kernels for and
what these keep in the host's memory. Two rules of TensorFlow's placer are not in it: an op without
a GPU kernel runs on the CPU, and what enters a function, branch or loop stays in the host's memory
if it is int32 or a resource, and on the device otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tensorflow.core.framework import types_pb2
from tensorflow.core.protobuf import saved_model_pb2
from tensorflow.python.framework import op_def_registry

KERNELS = json.loads((Path(__file__).parent / "gpu_kernels.json").read_text())
HOST, DEVICE, EITHER = "host", "device", "either"
CALLS = {"While", "StatelessWhile", "If", "StatelessIf", "Case", "StatelessCase"}
CALLS |= {"PartitionedCall", "StatefulPartitionedCall"}


class Crossing(NamedTuple):
    """A value made in one memory and wanted in the other."""

    body: str
    source: str
    op: str
    wanted: str  # HOST or DEVICE
    type: str

    def __str__(self):
        return f"{self.source} -> {self.op} in {self.wanted} memory"


class Graph:
    """The functions of a SavedModel."""

    def __init__(self, saved_model: Path):
        model = saved_model_pb2.SavedModel()
        model.ParseFromString((saved_model / "saved_model.pb").read_bytes())
        self.meta = model.meta_graphs[0]
        library = self.meta.graph_def.library
        self.functions = {f.signature.name: f for f in library.function}

    def loop_of(self, signature: str) -> str:
        """The body of the loop that a training signature runs."""
        entry = self.meta.signature_def[signature].outputs["losses"].name.split(":")[0]
        node = next(n for n in self.meta.graph_def.node if n.name == entry)
        waiting = [self.functions[node.attr["f"].func.name]]
        while waiting:
            function = waiting.pop()
            for node in function.node_def:
                if node.op in ("While", "StatelessWhile"):
                    return node.attr["body"].func.name
                waiting += [self.functions[name] for name in called(node)]
        raise AssertionError(f"{signature} has no loop")

    def crossings(self, body: str) -> Iterator[Crossing]:
        """What crosses between memories when ``body`` runs, in all the functions it may call."""
        function = self.functions[body]
        memory = {arg.name: of_type(arg.type) for arg in function.signature.input_arg}
        ops = {arg.name: "argument" for arg in function.signature.input_arg}
        for node in function.node_def:
            outputs, _ = memories(node)
            memory |= {f"{node.name}:{name}": place for name, place in outputs.items()}
            ops[node.name] = node.op
        for node in function.node_def:
            yield from self._into(body, node, memory, ops)
            for name in called(node):
                yield from self.crossings(name)

    def _into(self, body, node, memory, ops) -> Iterator[Crossing]:
        _, inputs = memories(node)
        given = [name for name in node.input if not name.startswith("^")]
        for source, (wanted, kind) in zip(given, inputs, strict=True):
            place = memory[source]
            if EITHER not in (place, wanted) and place != wanted:
                name = source.split(":")[0]
                yield Crossing(body, f"{ops[name]} {name}", f"{node.op} {node.name}", wanted, kind)

    def cpu_ops(self, body: str) -> set[str]:
        """Ops that have no GPU kernel, here and in the functions called."""
        function = self.functions[body]
        found = {node.op for node in function.node_def if kernel(node) is None}
        for node in function.node_def:
            for name in called(node):
                found |= self.cpu_ops(name)
        return found


def called(node) -> list[str]:
    functions = [
        node.attr[name].func.name for name in sorted(node.attr) if node.attr[name].func.name
    ]
    return functions + [f.name for name in node.attr for f in node.attr[name].list.func]


def kernel(node) -> list[str] | None:
    """The inputs and outputs that a node's GPU kernel keeps in the host's memory."""
    for types, host in KERNELS[node.op]:
        if all(type_name(attribute(node, name).type) in known for name, known in types.items()):
            return host
    return None


def attribute(node, name: str):
    """An attribute's value; a SavedModel leaves out what is the op's default."""
    if name in node.attr:
        return node.attr[name]
    definition = op_def_registry.get(node.op)
    return next(attr.default_value for attr in definition.attr if attr.name == name)


def memories(node) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Output, as ``name:index`` -> memory, and memory and type of each input in turn."""
    definition = op_def_registry.get(node.op)
    host = kernel(node)
    functional = node.op in CALLS

    def places(arg):
        for number in types(node, arg):
            if number == types_pb2.DT_VARIANT:
                yield EITHER
            elif host is None or arg.name in host:
                yield HOST
            else:
                yield of_type(number) if functional else _of(number)

    outputs = {
        f"{arg.name}:{index}": place
        for arg in definition.output_arg
        for index, place in enumerate(places(arg))
    }
    inputs = [
        (place, type_name(number))
        for arg in definition.input_arg
        for place, number in zip(places(arg), types(node, arg))
    ]
    return outputs, inputs


def types(node, arg) -> list[int]:
    """The type of each tensor that an argument of an op stands for."""
    if arg.type_list_attr:
        return list(attribute(node, arg.type_list_attr).list.type)
    number = attribute(node, arg.number_attr).i if arg.number_attr else 1
    return [attribute(node, arg.type_attr).type if arg.type_attr else arg.type] * number


def of_type(number: int) -> str:
    if number == types_pb2.DT_INT32:
        return HOST
    return _of(number)


def _of(number: int) -> str:
    return EITHER if number in (types_pb2.DT_RESOURCE, types_pb2.DT_VARIANT) else DEVICE


def type_name(number: int) -> str:
    return types_pb2.DataType.Name(number)[3:].lower()
