"""The command line: its options reach the model, its errors are one line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

import export_savedmodel
from exporter import weights
from saved import Saved

SCRIPT = Path(export_savedmodel.__file__)


@pytest.fixture(scope="module")
def mobilenet_files(tmp_path_factory) -> dict[str, Path]:
    """The same random MobileNetV2 in the layouts people have: whole, nested, weights alone."""
    folder = tmp_path_factory.mktemp("h5")
    shape = (32, 32, 3)
    whole = keras.applications.MobileNetV2(input_shape=shape, include_top=True, weights=None)
    base = keras.applications.MobileNetV2(input_shape=shape, include_top=False, weights=None)
    base.set_weights(whole.get_weights()[: len(base.get_weights())])
    pooled = keras.layers.GlobalAveragePooling2D()(base.output)
    nested = keras.Sequential([keras.Input(shape), base, keras.layers.Flatten()])
    files = {
        "whole": (whole.save, "whole.h5"),
        "nested": (nested.save, "nested.h5"),
        "flat": (keras.Model(base.input, pooled).save, "flat.h5"),
        "weights": (base.save_weights, "base.weights.h5"),
    }
    for save, name in files.values():
        save(folder / name)
    paths = {key: folder / name for key, (_, name) in files.items()}
    np.savez(folder / "expected.npz", *base.get_weights())
    return paths


def run(capsys, *arguments) -> tuple[int, list[str]]:
    """Exit code and the lines of standard error."""
    code = export_savedmodel.main([str(argument) for argument in arguments])
    return code, capsys.readouterr().err.splitlines()


def assert_one_line_error(capsys, arguments, *words):
    code, lines = run(capsys, *arguments)
    assert code == 1
    assert len(lines) == 1 and lines[0].startswith("error: ")
    for word in words:
        assert str(word) in lines[0]


@pytest.mark.parametrize("layout", ["whole", "nested", "flat", "weights"])
def test_weights_are_found_in_every_layout(mobilenet_files, layout):
    source = weights.load(str(mobilenet_files[layout]), 32, seed=0)
    expected = np.load(mobilenet_files["whole"].parent / "expected.npz")
    for actual, name in zip(source.model.get_weights(), expected.files, strict=True):
        np.testing.assert_array_equal(actual, expected[name])
    assert source.sha256 == weights.sha256_of(mobilenet_files[layout])


def test_keras_2_names_are_understood(mobilenet_files, tmp_path):
    old = tmp_path / "keras2.h5"
    with h5py.File(mobilenet_files["flat"]) as new, h5py.File(old, "w") as file:
        for name in new["model_weights"]:
            group = file.create_group(f"{name}/{name}")
            for path, array in _datasets(new[f"model_weights/{name}"]):
                weight = path.split("/")[-1]
                if weight == "kernel" and name.endswith("depthwise"):
                    weight = "depthwise_kernel"
                group[f"{weight}:0"] = array[()]
    actual = weights.load(str(old), 32, seed=0).model.get_weights()
    expected = weights.load(str(mobilenet_files["flat"]), 32, seed=0).model.get_weights()
    for mine, theirs in zip(actual, expected, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_options_reach_the_model(tmp_path, capsys, mobilenet_files):
    output = tmp_path / "new" / "model"
    arguments = ["--weights", mobilenet_files["nested"], "--image-size", 48, "--classes", 3]
    arguments += ["--activation", "sigmoid", "--seed", 5, "--output", output]
    assert run(capsys, *arguments) == (0, [])
    contract = json.loads((output / "contract.json").read_text())
    assert contract["network_size"] == 48 and contract["input_size"] == 32
    assert contract["classes"] == 3 and contract["activation"] == "sigmoid"
    assert contract["seed"] == 5
    assert contract["source_weights_sha256"] == weights.sha256_of(mobilenet_files["nested"])
    saved = Saved(output)
    exported = saved.head[0]
    saved.initialize(5)
    np.testing.assert_array_equal(saved.head[0], exported)
    assert_one_line_error(capsys, arguments, output, "exists already", "--overwrite")
    assert Saved(output).head[0].shape == (1280, 3)
    assert list(output.parent.iterdir()) == [output]  # no temporary directory stays


def test_the_accurate_head_is_exported(tmp_path, capsys):
    arguments = ["--weights", "none", "--head", "accurate", "--output", tmp_path / "model"]
    assert run(capsys, *arguments) == (0, [])
    contract = json.loads((tmp_path / "model" / "contract.json").read_text())
    assert contract["features"] == 1024 + 2 * (24 + 32 + 64 + 96 + 160 + 1280)
    assert contract["head"]["encoding"] == "bits"


def test_random_weights_depend_on_the_seed():
    first, second, other = (weights.load("none", 32, seed).model for seed in (1, 1, 2))
    for mine, theirs in zip(first.get_weights(), second.get_weights()):
        np.testing.assert_array_equal(mine, theirs)
    assert not np.allclose(first.get_weights()[0], other.get_weights()[0])


def test_imagenet_without_a_network_says_what_to_do(tmp_path):
    """A proxy that refuses connections and an empty cache stand for a machine without a network."""
    environment = {**os.environ, "KERAS_HOME": str(tmp_path / "keras")}
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        environment[name] = "http://127.0.0.1:9"
    for name in ("no_proxy", "NO_PROXY"):
        environment.pop(name, None)
    command = [sys.executable, SCRIPT, "--weights", "imagenet", "--output", tmp_path / "out"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=3600)
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("error: --weights imagenet: Keras could not download")
    assert "--weights FILE.h5" in lines[0]
    assert not (tmp_path / "out").exists()


def test_missing_file(capsys, tmp_path):
    missing = tmp_path / "missing.h5"
    arguments = ["--weights", missing, "--output", tmp_path / "out"]
    assert_one_line_error(capsys, arguments, missing, "no such file", "imagenet")


def test_file_that_is_not_hdf5(capsys, tmp_path):
    file = tmp_path / "text.h5"
    file.write_text("not HDF5")
    arguments = ["--weights", file, "--output", tmp_path / "out"]
    assert_one_line_error(capsys, arguments, file, "not an HDF5 file", "MobileNetV2")


def test_file_of_another_model(capsys, tmp_path):
    file = tmp_path / "other.h5"
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]).save(file)
    arguments = ["--weights", file, "--output", tmp_path / "out"]
    assert_one_line_error(capsys, arguments, file, "Conv1/kernel is missing", "(3, 3, 3, 32)")


def test_weights_alone_of_another_model(capsys, tmp_path):
    file = tmp_path / "other.weights.h5"
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]).save_weights(file)
    arguments = ["--weights", file, "--output", tmp_path / "out"]
    assert_one_line_error(capsys, arguments, file, "Keras cannot load it into MobileNetV2 1.0")


def test_file_of_another_width(capsys, tmp_path):
    file = tmp_path / "narrow.h5"
    shape = (32, 32, 3)
    keras.applications.MobileNetV2(shape, alpha=0.5, include_top=False, weights=None).save(file)
    arguments = ["--weights", file, "--output", tmp_path / "out"]
    found, expected = "has shape (3, 3, 3, 16)", "expected (3, 3, 3, 32)"
    assert_one_line_error(capsys, arguments, file, "Conv1/kernel", found, expected)


def test_file_with_a_weight_that_is_not_finite(capsys, tmp_path, mobilenet_files):
    file = tmp_path / "nan.h5"
    file.write_bytes(mobilenet_files["flat"].read_bytes())
    with h5py.File(file, "r+") as h5:
        _, kernel = _datasets(h5["model_weights/Conv1"])[0]
        kernel[0, 0, 0, 0] = np.nan
    arguments = ["--weights", file, "--output", tmp_path / "out"]
    assert_one_line_error(capsys, arguments, file, "Conv1/kernel", "not finite")


def test_overwrite_leaves_a_directory_that_is_no_model(capsys, tmp_path):
    precious = tmp_path / "home"
    precious.mkdir()
    (precious / "thesis.tex").write_text("x")
    arguments = ["--weights", "none", "--overwrite", "--output", precious]
    assert_one_line_error(capsys, arguments, precious, "not a SavedModel", "--output")
    assert (precious / "thesis.tex").exists()


def test_output_below_a_file(capsys, tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    arguments = ["--weights", "none", "--output", file / "model"]
    assert_one_line_error(capsys, arguments, file, "cannot be created")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--output", "x", "--classes", "1"],
        ["--output", "x", "--image-size", "31"],
        ["--output", "x", "--image-size", "4.5"],
        ["--output", "x", "--activation", "tanh"],
        ["--output", "x", "--head", "accurate", "--activation", "sigmoid"],
        ["--output", "x", "--head", "best"],
        ["--output", "x", "--head", "accurate", "--palette"],
        ["--output", "x", "--image-weight", "0"],
        ["--output", "x", "--head", "accurate", "--image-weight", "-1"],
        ["--output", "x", "--head", "accurate", "--image-weight", "much"],
    ],
)
def test_usage_errors_exit_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as exit_:
        export_savedmodel.main(arguments)
    assert exit_.value.code == 2
    assert "usage" in capsys.readouterr().err


def _datasets(group: h5py.Group) -> list[tuple[str, h5py.Dataset]]:
    found = []
    group.visititems(
        lambda name, x: found.append((name, x)) if isinstance(x, h5py.Dataset) else None
    )
    return found
