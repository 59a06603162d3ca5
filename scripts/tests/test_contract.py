"""``contract.json`` says what the SavedModel really has, and that is what callers were promised."""

import json

import numpy as np
import pytest
import tensorflow as tf

from conftest import HOME

IMAGES = ("uint8", [None, 32, 32, 3])
LABELS = ("int32", [None])
STEPS = {"losses": ("float32", [None]), "correct": ("int32", [None])}


def promised(features: int, classes: int) -> dict:
    """Signature -> (inputs, outputs) of the design, each name -> (dtype, shape)."""
    rows = ("float32", [None, features])
    scores = ("float32", [None, classes])
    steps = {
        "batches": ("int32", [None, None]),
        "learning_rates": ("float32", [None]),
        "dropout": ("float32", []),
        "label_smoothing": ("float32", []),
        "weight_decay": ("float32", []),
        "class_weights": ("float32", [classes]),
        "seed": ("int64", []),
    }
    training = {"labels": LABELS, **steps}
    parts = {"base_learning_rates": ("float32", [None]), "trainable_blocks": ("int32", [])}
    loading = {"labels": LABELS, "first_row": ("int32", []), "room": ("int32", [])}
    row_scores = {"losses": ("float32", [None]), "probabilities": scores}
    return {
        "serving_default": ({"images": IMAGES}, {"probabilities": scores}),
        "features": ({"images": IMAGES}, {"features": rows}),
        "initialize": ({"seed": ("int64", [])}, {"step": ("int64", [])}),
        "train_head": ({"features": rows, **training}, STEPS),
        "train": ({"images": IMAGES, **training}, STEPS),
        "fine_tune": ({"images": IMAGES, **training}, STEPS),
        "fine_tune_parts": ({"images": IMAGES, **training, **parts}, STEPS),
        "fine_tune_parts_resident": ({**steps, **parts}, STEPS),
        "load_features": ({"features": rows, **loading}, {"room": ("int32", [])}),
        "load_images": ({"images": IMAGES, **loading}, {"room": ("int32", [])}),
        "train_head_resident": (steps, STEPS),
        "train_resident": (steps, STEPS),
        "fine_tune_resident": (steps, STEPS),
        "evaluate": ({"features": rows, "labels": LABELS}, row_scores),
        "evaluate_resident": ({"rows": LABELS}, row_scores),
        "evaluate_images_resident": ({"rows": LABELS}, row_scores),
        "explain": (
            {"images": IMAGES, "classes": LABELS, "steps": ("int32", [])},
            {
                "attributions": ("float32", [None, 32, 32]),
                "logits": ("float32", [None]),
                "baseline_logits": ("float32", [None]),
            },
        ),
    }


@pytest.fixture(params=["tiny", "tiny_sigmoid", "exported_mobilenet"])
def saved(request):
    return request.getfixturevalue(request.param)


def read(saved) -> dict:
    return json.loads((saved.path / "contract.json").read_text())


def stated(tensors: dict) -> dict:
    return {name: (tensor["dtype"], tensor["shape"]) for name, tensor in tensors.items()}


def test_signatures_are_those_of_the_design(saved):
    classes = saved.classes
    contract = read(saved)
    actual = {
        name: (stated(signature["inputs"]), stated(signature["outputs"]))
        for name, signature in contract["signatures"].items()
    }
    assert actual == promised(contract["features"], classes)


def test_signatures_are_those_in_the_graph(saved):
    """The graph as a session sees it, without Python's help."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        bundle = tf.compat.v1.saved_model.load(session, ["serve"], str(saved.path))
    found = {
        name: (_infos(signature.inputs), _infos(signature.outputs))
        for name, signature in bundle.signature_def.items()
        if name != "__saved_model_init_op"
    }
    contract = read(saved)["signatures"]
    assert found == {n: (stated(s["inputs"]), stated(s["outputs"])) for n, s in contract.items()}


def test_facts_are_those_of_the_model(saved):
    contract = read(saved)
    assert contract["format"] == 1
    assert [contract["features"], contract["classes"]] == list(saved.head[0].shape)
    assert (contract["input_size"], contract["network_size"]) == (32, saved.plan.image_size)
    assert contract["seed"] == 42
    assert contract["versions"]["tensorflow"] == tf.__version__
    assert contract["activation"] == ("sigmoid" if saved.classes == 4 else "softmax")


def test_each_variable_is_saved_once(saved):
    """Weights with two Adam slots each, two step counters, and the graph of objects."""
    variables = tf.train.list_variables(str(saved.path / "variables/variables"))
    weights = [array for pair in saved.base().values() for array in pair] + saved.head
    assert len(variables) == 3 * len(weights) + 2 + 1
    floats = sum(np.prod(shape) for name, shape in variables if "OBJECT_GRAPH" not in name)
    assert floats == 3 * sum(array.size for array in weights) + 2


def test_nothing_random_is_written(saved):
    files = {str(p.relative_to(saved.path)) for p in saved.path.rglob("*") if p.is_file()}
    variables = {"variables/variables.index", "variables/variables.data-00000-of-00001"}
    assert files == {"saved_model.pb", "contract.json", *variables}


def test_the_committed_models_stay_small():
    """What every clone downloads, and what a file on GitHub may be."""
    sizes = [p.stat().st_size for p in (HOME / "savedmodel").rglob("*") if p.is_file()]
    assert max(sizes) < 40e6
    assert sum(sizes) < 100e6


def test_the_model_at_96_pixels_is_the_one_at_32_on_larger_pictures():
    small, large = (HOME / "savedmodel" / f"mobilenetv2-{size}" for size in (32, 96))
    contracts = [json.loads((path / "contract.json").read_text()) for path in (small, large)]
    assert [contract.pop("network_size") for contract in contracts] == [32, 96]
    assert contracts[0] == contracts[1]
    for name, _ in tf.train.list_variables(str(small / "variables/variables")):
        if "OBJECT_GRAPH" not in name:
            values = [
                tf.train.load_variable(str(p / "variables/variables"), name) for p in (small, large)
            ]
            np.testing.assert_array_equal(*values)


def _infos(infos) -> dict:
    return {
        name: (
            tf.as_dtype(info.dtype).name,
            [None if dim.size < 0 else dim.size for dim in info.tensor_shape.dim],
        )
        for name, info in infos.items()
    }
