"""Finds MobileNetV2's weights and builds the Keras model that holds them."""

from __future__ import annotations

import hashlib
import os
import socket
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import h5py
import keras
import numpy as np

from exporter.errors import ExportError

IMAGENET = "imagenet"
NONE = "none"
IMAGENET_FILE = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"
"""The file Keras downloads for every resolution that ImageNet weights were not trained at."""

DOWNLOAD_TIMEOUT = 60  # seconds without a byte
OLD_NAMES = {"depthwise_kernel": "kernel"}  # Keras 2's name -> Keras 3's


@dataclass(frozen=True)
class Source:
    """A Keras model (no pooling, no head) and where its weights came from."""

    model: keras.Model
    description: str
    sha256: str | None


def load(weights: str, image_size: int, seed: int) -> Source:
    """Builds MobileNetV2 at ``image_size`` pixels; ``weights`` is imagenet, none or a file."""
    if weights == NONE:
        keras.utils.set_random_seed(seed)
        return Source(_mobilenet(image_size, None), f"random, seed {seed}", None)
    if weights == IMAGENET:
        return _download(image_size)
    return _read(Path(weights), image_size)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _mobilenet(image_size: int, weights: str | None) -> keras.Model:
    shape = (image_size, image_size, 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # says that 224's weights serve other resolutions: intended
        return keras.applications.MobileNetV2(
            input_shape=shape, include_top=False, weights=weights, name="mobilenetv2"
        )


def _download(image_size: int) -> Source:
    try:
        with _timeout(DOWNLOAD_TIMEOUT):
            model = _mobilenet(image_size, IMAGENET)
    except Exception as error:  # Keras raises a bare Exception when the download fails
        raise ExportError(
            f"--weights imagenet: Keras could not download MobileNetV2's weights ({_line(error)}); "
            "connect to the internet, or give a Keras MobileNetV2 file with --weights FILE.h5"
        ) from error
    return Source(model, "keras.applications MobileNetV2, ImageNet", _downloaded_sha256(image_size))


def _downloaded_sha256(image_size: int) -> str | None:
    """Of the file Keras keeps: the one for this resolution where ImageNet has one, else for 224."""
    folder = Path(os.environ.get("KERAS_HOME", "~/.keras")).expanduser() / "models"
    exact = folder / IMAGENET_FILE.replace("224", str(image_size))
    path = exact if exact.is_file() else folder / IMAGENET_FILE
    return sha256_of(path) if path.is_file() else None


def _read(path: Path, image_size: int) -> Source:
    if not path.is_file():
        raise ExportError(
            f"--weights {path}: no such file, "
            "expected 'imagenet', 'none' or a Keras MobileNetV2 .h5"
        )
    model = _mobilenet(image_size, None)
    try:
        with h5py.File(path) as file:
            by_position = "layers" in file  # Keras 3's .weights.h5 numbers layers, without names
            arrays = {} if by_position else _arrays_by_layer(file, {x.name for x in model.layers})
    except OSError as error:
        raise ExportError(
            f"{path}: not an HDF5 file ({_line(error)}), expected a Keras MobileNetV2 1.0 .h5"
        ) from error
    if by_position:
        _load_by_position(model, path)
    else:
        for layer in model.layers:
            layer.set_weights([_array(path, layer, weight, arrays) for weight in layer.weights])
    _check_finite(model, path)
    return Source(model, path.name, sha256_of(path))


def _load_by_position(model: keras.Model, path: Path) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one for each layer that differs; the error follows
            model.load_weights(path)
    except Exception as error:  # Keras raises ValueError, KeyError and others here
        raise ExportError(
            f"{path}: Keras cannot load it into MobileNetV2 1.0 without its head ({_line(error)}); "
            "give the .weights.h5 of exactly that model, or a whole model saved as .h5"
        ) from error


def _arrays_by_layer(file: h5py.File, layers: set[str]) -> dict[tuple[str, str], np.ndarray]:
    """(layer, weight) -> array, wherever in the file a group bears a layer's name.

    Keras nests weights differently for whole models, nested models and weights alone, and between
    versions 2 and 3; layer and weight names are the same everywhere. Optimizer state is skipped.
    """
    found: dict[tuple[str, str], np.ndarray] = {}

    def visit(name: str, item) -> None:
        *groups, leaf = name.split("/")
        owner = next((group for group in reversed(groups) if group in layers), None)
        if owner and isinstance(item, h5py.Dataset) and groups[0] != "optimizer_weights":
            weight = leaf.split(":")[0]
            found[owner, OLD_NAMES.get(weight, weight)] = item[()]

    file.visititems(visit)
    return found


def _array(path: Path, layer, variable, arrays) -> np.ndarray:
    array = arrays.get((layer.name, variable.name))
    wanted = f"expected {tuple(variable.shape)} as in Keras's MobileNetV2 1.0"
    if array is None:
        raise ExportError(
            f"{path}: {layer.name}/{variable.name} is missing ({len(arrays)} of MobileNetV2's "
            f"weights found), {wanted}; give the .h5 of such a model"
        )
    if array.shape != tuple(variable.shape):
        raise ExportError(
            f"{path}: {layer.name}/{variable.name} has shape {array.shape}, {wanted}; "
            "give a model of width 1.0"
        )
    return array


def _check_finite(model: keras.Model, path: Path) -> None:
    for variable in model.weights:
        if not np.isfinite(variable.numpy()).all():
            raise ExportError(
                f"{path}: {variable.path} has values that are not finite, expected none; "
                "give another file"
            )


@contextmanager
def _timeout(seconds: float):
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _line(error: BaseException) -> str:
    """An exception's message on one line."""
    return " ".join(str(error).split()) or type(error).__name__
