"""Writes the SavedModel directory: complete or not at all, and the same bytes every time."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import tensorflow as tf

from exporter import contract, signatures
from exporter.classifier import Classifier
from exporter.errors import ExportError
from exporter.mixture import Mixture
from exporter.weights import Source


def check_output(output: Path, overwrite: bool) -> None:
    """Fails early, before minutes of work, when ``output`` could not be written."""
    if output.exists() and not overwrite:
        raise ExportError(f"{output}: exists already; choose another --output or add --overwrite")
    if output.exists() and not _is_model(output):
        raise ExportError(
            f"{output}: is not a SavedModel (no saved_model.pb inside), so --overwrite leaves it "
            "alone; choose another --output"
        )
    parent = output.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{parent}: cannot be created ({error.strerror})") from error
    if not os.access(parent, os.W_OK | os.X_OK):
        raise ExportError(f"{parent}: is not writable; choose another --output")


def save(
    classifier: Classifier | Mixture,
    source: Source,
    seed: int,
    output: Path,
    overwrite: bool,
    xla: bool = False,
) -> None:
    """Writes ``output``: the SavedModel with every signature, and ``contract.json``."""
    check_output(output, overwrite)
    traced = signatures.build(classifier, xla)
    try:
        with tempfile.TemporaryDirectory(dir=output.absolute().parent, prefix=".export-") as parent:
            unfinished = Path(parent) / "model"
            _save(classifier, traced, unfinished)
            text = contract.describe(classifier, source, seed, traced, xla)
            (unfinished / contract.FILE_NAME).write_text(text, encoding="utf-8")
            if output.exists():
                shutil.rmtree(output)
            unfinished.rename(output)
    except OSError as error:
        raise ExportError(f"{output}: cannot be written ({error.strerror or error})") from error


def _save(classifier: Classifier | Mixture, traced: dict, target: Path) -> None:
    """TensorFlow's SavedModel without what is random in it.

    A checkpoint lists the signatures too. The one that is kept lists those that every model has,
    so that the weights' files, thirty megabytes, do not change with each further signature.
    """
    tf.saved_model.save(classifier, str(target), signatures=traced)
    basic = target.with_name("basic")
    listed = {name: traced[name] for name in signatures.BASIC}
    tf.saved_model.save(classifier, str(basic), signatures=listed)
    shutil.rmtree(target / "variables")
    (basic / "variables").rename(target / "variables")
    # Its content is a random UUID; nothing reads it but log lines.
    (target / "fingerprint.pb").unlink(missing_ok=True)
    (target / "assets").rmdir()


def _is_model(directory: Path) -> bool:
    return (directory / "saved_model.pb").is_file()
