"""A model exported for XLA computes what the plain one does, in Python and through Java.

All but dropout: XLA draws the same share of other values.
"""

import subprocess

import numpy as np
import pytest

from conftest import HOME, SEED
from exporter import folding, losses, saving
from exporter.classifier import Classifier
from exporter.weights import Source
from saved import Saved, random_batch

BATCHES = [[3, 1, 4, 0], [5, 9, 2, 6], [8, 7, -1, -1], [10, 11, 1, 0]]
REGULARISED = {"label_smoothing": 0.1, "weight_decay": 0.05}


@pytest.fixture(scope="module")
def compiled(tiny_base, tmp_path_factory) -> Saved:
    output = tmp_path_factory.mktemp("xla") / "model"
    plan = folding.fold(tiny_base)
    classifier = Classifier(plan, 10, losses.SOFTMAX, SEED)
    source = Source(tiny_base, "test", None)
    saving.save(classifier, source, SEED, output, overwrite=False, xla=True)
    return Saved(output, plan)


def must_compile(saved) -> int:
    text = (saved.path / "saved_model.pb").read_bytes()
    return text.count(b"_XlaMustCompile")


def test_only_an_export_for_xla_asks_for_compilation(tiny, compiled):
    assert must_compile(tiny) < must_compile(compiled)
    assert '"xla": true' in (compiled.path / "contract.json").read_text()
    assert "xla" not in (tiny.path / "contract.json").read_text()


@pytest.mark.parametrize("signature", ["train_head", "train", "fine_tune"])
def test_steps_are_those_of_the_plain_model(tiny, compiled, signature):
    images, labels = random_batch()
    rows = tiny.call("features", images=images)["features"]
    inputs = rows if signature == "train_head" else images
    results = []
    for model in (tiny, compiled):
        model.restore_base()
        model.initialize()
        results.append(model.train(signature, inputs, labels, BATCHES, **REGULARISED))
        model.restore_base()
    np.testing.assert_allclose(results[1]["losses"], results[0]["losses"], rtol=1e-5)
    np.testing.assert_array_equal(results[1]["correct"], results[0]["correct"])


def test_scores_are_those_of_the_plain_model(tiny, compiled):
    images, _ = random_batch()
    for model in (tiny, compiled):
        model.initialize()
    for signature in ("features", "serving_default"):
        plain, xla = (model.call(signature, images=images) for model in (tiny, compiled))
        for name in plain:
            np.testing.assert_allclose(xla[name], plain[name], rtol=1e-5, atol=1e-6)


def test_java_predicts_with_it(tiny, compiled, files, tmp_path):
    outputs = []
    for name, model in (("plain", tiny), ("xla", compiled)):
        output = tmp_path / f"{name}.csv"
        command = [HOME / "scripts" / "virus-mnist", "predict", "--model", model.path]
        command += ["--data", files["test"], "--output", output, "--device", "cpu"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        outputs.append(np.loadtxt(output, delimiter=",", skiprows=1, usecols=range(5, 15)))
    np.testing.assert_allclose(outputs[1], outputs[0], atol=1e-6)
