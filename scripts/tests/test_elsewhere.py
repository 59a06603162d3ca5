"""What docs/elsewhere.md shows works: Python's lines, and TensorFlow Serving's request.

TensorFlow Serving cannot be installed from the package index, so its REST rules are applied here:
a row request stacks its instances along a new first dimension, values take the type of the
signature, and a signature with one output answers a plain list for each instance.
"""

import gzip
import json
import re
import subprocess
import sysconfig
from pathlib import Path

import numpy as np
import pandas
import pytest
import tensorflow as tf

from check_predictions import PIXELS

HOME = Path(__file__).resolve().parent.parent.parent
PAGE = (HOME / "docs" / "elsewhere.md").read_text()
REQUEST = HOME / "docs" / "examples" / "request.json"


def block(language: str) -> str:
    """The one block of a language on the page."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return found


@pytest.fixture(scope="module")
def launcher() -> Path:
    packages = Path(sysconfig.get_paths()["purelib"])
    # Not every distribution ships those of pip.
    return min([*packages.glob("pip/**/*64.exe"), *packages.glob("setuptools/cli-64.exe")])


def test_pythons_lines_give_what_the_application_says(run, launcher, tmp_path):
    code = block("python").replace("runs/1", str(run)).replace("setup.exe", str(launcher))
    names = {}
    exec(code, names)
    output = tmp_path / "verdicts.csv"
    command = [HOME / "scripts" / "virus-mnist", "predict", "--model", run, launcher]
    command += ["--output", output]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    written = pandas.read_csv(output)
    expected = written[[f"p{c}" for c in range(10)]].to_numpy()
    np.testing.assert_allclose(names["probabilities"].numpy(), expected, atol=1e-6)


def test_the_request_is_the_first_row_of_the_test_data():
    with gzip.open(HOME / "data" / "test.csv.gz") as lines:
        row = pandas.read_csv(lines, nrows=1)
    grey = row[PIXELS].to_numpy(np.uint8).reshape(1, 32, 32, 1)
    assert json.loads(REQUEST.read_text()) == {"instances": grey.repeat(3, axis=3).tolist()}


def test_the_request_gives_an_answer_of_the_shape_shown(run):
    answer = serve(run / "model", json.loads(REQUEST.read_text()))
    shown = json.loads(block("json"))
    assert list(answer) == list(shown) == ["predictions"]
    assert np.shape(answer["predictions"]) == np.shape(shown["predictions"]) == (1, 10)
    for rows in (answer["predictions"], shown["predictions"]):
        assert np.sum(rows, axis=1) == pytest.approx([1], abs=1e-3)


def test_columns_give_the_same_rows(run):
    instances = json.loads(REQUEST.read_text())["instances"]
    columns = serve(run / "model", {"inputs": instances * 2})
    rows = serve(run / "model", {"instances": instances * 2})
    assert columns["outputs"] == rows["predictions"]
    assert len(rows["predictions"]) == 2


def serve(model: Path, request: dict) -> dict:
    """What TensorFlow Serving's ``:predict`` answers, for one input and one output."""
    signature = tf.saved_model.load(str(model)).signatures["serving_default"]
    ((name, spec),) = signature.structured_input_signature[1].items()
    is_row = "instances" in request
    values = np.array(request["instances" if is_row else "inputs"])
    assert values.dtype.kind == "i", "JSON numbers for an integer input have no fraction"
    assert values.min() >= spec.dtype.min and values.max() <= spec.dtype.max
    ((_, output),) = signature(**{name: tf.constant(values, spec.dtype)}).items()
    return {"predictions" if is_row else "outputs": output.numpy().tolist()}
