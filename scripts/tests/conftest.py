"""Shared models: built once a session, reset by the test that uses them."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import keras
import numpy as np
import pytest

import make_test_fixture
from exporter import folding, losses, saving
from exporter.classifier import Classifier
from exporter.weights import Source
from saved import Saved

SEED = 42
HOME = Path(__file__).resolve().parent.parent.parent
# Every n-th row of a file and where to start: 1,010 rows to train on, so the last batch is padded.
ROWS = {"train": ("train", 7, 0), "validation": ("train", 21, 3), "test": ("test", 5, 0)}


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """The application keeps nothing in the user's cache, and finds nothing there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIRUS_MNIST_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def tiny_base() -> keras.Model:
    return make_test_fixture.tiny_base(np.random.default_rng(SEED))


@pytest.fixture(scope="session")
def mobilenet() -> keras.Model:
    """MobileNetV2 at 32x32 with random weights and random BatchNorm statistics."""
    base = keras.applications.MobileNetV2(
        input_shape=(32, 32, 3), include_top=False, weights=None, name="mobilenetv2"
    )
    # Gains that neither silence the network nor make it chaotic.
    make_test_fixture.randomize(
        base, np.random.default_rng(SEED), gamma=(0.8, 1.6), variance=(1, 3)
    )
    return base


@pytest.fixture(scope="session")
def tiny(tiny_base, tmp_path_factory) -> Saved:
    return _saved(tiny_base, tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture(scope="session")
def tiny_sigmoid(tiny_base, tmp_path_factory) -> Saved:
    output = tmp_path_factory.mktemp("tiny_sigmoid") / "model"
    return _saved(tiny_base, output, classes=4, activation=losses.SIGMOID)


@pytest.fixture(scope="session")
def exported_mobilenet(mobilenet, tmp_path_factory) -> Saved:
    return _saved(mobilenet, tmp_path_factory.mktemp("mobilenet") / "model")


def _saved(base, output: Path, classes=10, activation=losses.SOFTMAX) -> Saved:
    plan = folding.fold(base)
    classifier = Classifier(plan, classes, activation, SEED)
    saving.save(classifier, Source(base, "test", None), SEED, output, overwrite=False)
    return Saved(output, plan)


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """Real rows, thinned out: train and validation have none in common."""
    folder = tmp_path_factory.mktemp("rows")
    for name, (source, every, start) in ROWS.items():
        with gzip.open(HOME / "data" / f"{source}.csv.gz", "rt") as lines:
            header, *rows = lines
        (folder / f"{name}.csv").write_text(header + "".join(rows[start::every]))
    return {name: folder / f"{name}.csv" for name in ROWS}


@pytest.fixture(scope="session")
def run(files, tmp_path_factory):
    """A run directory of the application, three epochs in file order."""
    folder = tmp_path_factory.mktemp("runs") / "parity"
    options = [f"--{name}={path}" for name, path in files.items()]
    command = [HOME / "scripts" / "virus-mnist", "train", *options]
    command += ["--epochs=3", "--no-shuffle", f"--run={folder}"]
    command += ["--image-recipe=header"]  # the rows are, but their files are copies
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder
