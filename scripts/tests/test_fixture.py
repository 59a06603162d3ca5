"""The committed fixture is what the exporter makes today, and pins what it is meant to pin."""

import json
import subprocess
import sys

import numpy as np
import pytest

import make_test_fixture as fixture
from exporter.weights import sha256_of
from saved import Saved


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory):
    """A new process, as a developer runs it."""
    output = tmp_path_factory.mktemp("fixture")
    subprocess.run([sys.executable, fixture.__file__, "--output", output], check=True, timeout=3600)
    return output


def files(directory) -> dict[str, str]:
    paths = (path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): sha256_of(path) for path in paths}


def assert_close(actual, expected, where=""):
    """Equal structure, strings and integers; numbers within 1e-6, large ones within a millionth."""
    if isinstance(expected, dict):
        assert actual.keys() == expected.keys(), where
        for key in expected:
            assert_close(actual[key], expected[key], f"{where}/{key}")
    elif isinstance(expected, str):
        assert actual == expected, where
    else:
        np.testing.assert_allclose(actual, expected, rtol=1e-6, atol=1e-6, err_msg=where)


@pytest.mark.parametrize("name", fixture.VARIANTS)
def test_the_model_is_regenerated_byte_for_byte(regenerated, name):
    mine, committed = files(regenerated / name), files(fixture.RESOURCES / name)
    mine.pop("contract.json"), committed.pop("contract.json")  # names the Python version
    assert mine == committed


@pytest.mark.parametrize("name", fixture.VARIANTS)
def test_the_contract_and_golden_numbers_are_regenerated(regenerated, name):
    for file in (f"{name}/contract.json", f"{name}-golden.json"):
        mine, committed = (
            json.loads((d / file).read_text()) for d in (regenerated, fixture.RESOURCES)
        )
        for document in (mine, committed):
            document["versions"].pop("python", None)
        if file.endswith("contract.json"):
            assert mine == committed
        else:
            assert_close(mine, committed)


@pytest.mark.parametrize("name", fixture.VARIANTS)
def test_golden_checksums_are_those_of_the_files(name):
    golden = json.loads((fixture.RESOURCES / f"{name}-golden.json").read_text())
    committed = files(fixture.RESOURCES / name)
    committed.pop("contract.json")
    assert golden["sha256"] == committed


@pytest.mark.parametrize("name", fixture.VARIANTS)
def test_the_graph_gives_the_golden_numbers_of_keras(name):
    """What the Java tests do, so that a difference there is Java's."""
    golden = json.loads((fixture.RESOURCES / f"{name}-golden.json").read_text())
    saved = Saved(fixture.RESOURCES / name)
    expected, labels = golden["keras"], golden["labels"]
    features = saved.call("features", images=fixture.sample_images())["features"]
    np.testing.assert_allclose(features, expected["features"], atol=1e-5)
    saved.initialize(golden["seed"])
    for moment in ("fresh", "trained"):
        actual = saved.call("evaluate", features=features, labels=labels)
        for key in ("losses", "probabilities"):
            np.testing.assert_allclose(actual[key], expected[moment][key], atol=1e-5)
        if moment == "fresh":
            batches, rates = golden["batches"], golden["learning_rates"]
            steps = saved.train("train_head", features, labels, batches, learning_rates=rates)
            np.testing.assert_allclose(steps["losses"], expected["train_losses"], atol=1e-5)


@pytest.mark.parametrize(
    "disorder",
    [
        lambda images: images.transpose(0, 2, 1, 3),
        lambda images: images.transpose(0, 3, 1, 2).reshape(images.shape),
        lambda images: images // 2,
    ],
    ids=["columns before rows", "channels first", "wrong scale"],
)
def test_golden_features_tell_images_in_the_wrong_order(tiny, disorder):
    images = fixture.sample_images()
    right = tiny.call("features", images=images)["features"]
    wrong = tiny.call("features", images=disorder(images))["features"]
    assert (np.abs(right - wrong).max(1)[1:] > 0.1).all()


def test_the_fixture_stays_small():
    for name in fixture.VARIANTS:
        directory = fixture.RESOURCES / name
        assert (
            sum(p.stat().st_size for p in directory.rglob("*") if p.is_file()) < 1.25 * 1024 * 1024
        )
