"""Counts the arithmetic and traffic of the exported base, and what GPUs could make of them at most.

    python scripts/gpu/roofline.py [SAVEDMODEL]

Walks the graph of the signature ``features`` with the shapes that TensorFlow gives its tensors: two
operations for each multiplication and addition of a convolution or matrix product, one for each
output of the others. Traffic is every input and output of every node once, weights once per batch,
in float32: what a GPU moves when nothing is fused. Biases and activations may be fused into what
comes before them, so there is a second count without them.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import tensorflow as tf
from tensorflow.python.framework import convert_to_constants

BATCH = 256
# Peak float32 outside the tensor cores (TFLOP/s), peak TF32 on them without sparsity, GB/s.
GPUS = {
    "A100 SXM 80 GB": (19.5, 156, 2039),
    "H100 SXM 80 GB": (67, 494.7, 3350),
    "H200 SXM 141 GB": (67, 494.7, 4800),
}
FREE = {
    "Const",
    "Placeholder",
    "Identity",
    "Reshape",
    "NoOp",
    "Shape",
    "StridedSlice",
    "Pack",
    "Squeeze",
}


FUSIBLE = {"BiasAdd", "Relu6"}


def bytes_of(tensor):
    count = tensor.shape.num_elements()
    return 0 if count is None else count * tensor.dtype.size


def operations(node):
    """Returns (operations, whether they are multiplications and additions of a matrix product)."""
    outputs = sum(output.shape.num_elements() or 0 for output in node.outputs)
    if node.type in ("Conv2D", "_FusedConv2D"):
        height, width, channels, _ = node.inputs[1].shape
        return 2 * outputs * height * width * channels, True
    if node.type == "DepthwiseConv2dNative":
        height, width, _, _ = node.inputs[1].shape
        return 2 * outputs * height * width, False
    if node.type in ("MatMul", "_FusedMatMul"):
        inner = node.inputs[0].shape[0 if node.get_attr("transpose_a") else 1]
        return 2 * outputs * inner, True
    return outputs, False


def count(directory):
    """Returns operations on matrices, other operations, bytes and bytes if fused, of a batch."""
    model = tf.saved_model.load(directory)  # owns the variables
    signature = model.signatures["features"]
    shape = signature.structured_input_signature[1]["images"].shape

    @tf.function(input_signature=[tf.TensorSpec([BATCH, *shape[1:]], tf.uint8, name="images")])
    def features(images):
        return signature(images=images)

    graph = convert_to_constants.convert_variables_to_constants_v2(
        features.get_concrete_function()
    ).graph
    matrix = other = traffic = fused = 0
    for node in graph.get_operations():
        if node.type in FREE:
            continue
        number, is_matrix = operations(node)
        matrix, other = (matrix + number, other) if is_matrix else (matrix, other + number)
        moved = sum(bytes_of(tensor) for tensor in [*node.inputs, *node.outputs])
        traffic += moved
        fused += 0 if node.type in FUSIBLE else moved
    return matrix, other, traffic, fused


def main():
    directory = (
        sys.argv[1]
        if len(sys.argv) > 1
        else str(Path(__file__).resolve().parents[2] / "savedmodel" / "mobilenetv2-32")
    )
    matrix, other, traffic, fused = count(directory)
    total = matrix + other
    print(f"{directory}, a batch of {BATCH}, per image:")
    share = matrix / total
    print(f"  {total / BATCH / 1e6:.1f} million operations, {share:.0%} of them in matrix products")
    for name, number in (("moved", traffic), ("moved if fused", fused)):
        print(f"  {number / BATCH / 1e6:.2f} MB {name}, {total / number:.1f} operations a byte")
    print("| GPU | by float32 arithmetic | by TF32 arithmetic | by memory | by memory, fused |")
    print("|---|---|---|---|---|")
    for name, (float32, tf32, gigabytes) in GPUS.items():
        scalar = total / float32 / 1e12
        tensor = matrix / tf32 / 1e12 + other / float32 / 1e12
        memory, less = (number / gigabytes / 1e9 for number in (traffic, fused))
        cells = " | ".join(
            f"{BATCH / seconds / 1e6:.2f}" for seconds in (scalar, tensor, memory, less)
        )
        print(f"| {name} | {cells} |")


if __name__ == "__main__":
    main()
