"""What is measured: each part yields (name, value) as it goes, interleaved and repeated."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

from bench import process
from bench.place import Place
from bench.statistics import extend_epochs

EPOCHS, NOTEBOOK_EPOCHS = 10, 2

Samples = Iterator[tuple[str, object]]
Turns = Callable[[dict[str, Callable[[], object]]], Samples]


def predict(place: Place, turns: Turns) -> Samples:
    """Images a second of batch prediction, each at its best batch size."""

    def rate(command: list) -> Callable[[], float]:
        return lambda: process.run(command, place.log("predict")).json()["images_per_second"]

    def ours(precision: str) -> Callable[[], float]:
        return rate(place.java("Predict.java", place.model, place.csv["test"], precision))

    def peer(module: str, *arguments) -> Callable[[], float]:
        return rate(process.python(module, *arguments))

    yield from turns(
        {
            "virus-mnist float32": ours("float32"),
            "virus-mnist bfloat16": ours("bfloat16"),
            "ONNX Runtime float32": peer("onnxruntime_predict", place.onnx),
            "OpenVINO float32": peer("openvino_predict", place.onnx, "f32"),
            "OpenVINO bfloat16": peer("openvino_predict", place.onnx, "bf16"),
            "Keras predict": peer("keras_predict", place.keras),
        }
    )


def csv(place: Place, turns: Turns) -> Samples:
    """Seconds to read the training file."""
    file = place.csv["train"]
    cache = place.work / "cache-csv"
    log = place.log("csv")
    sums = {}

    def reader(name: str, command: list) -> Callable[[], float]:
        def read() -> float:
            result = process.run(command, log).json()
            sums[name] = (result["rows"], result["sum"])
            if len(set(sums.values())) != 1:
                raise SystemExit(f"bench: the readers disagree: {sums}")
            return result["seconds"]

        return read

    process.run(place.java("ReadCsv.java", file, cache), log)  # fills the cache
    yield from turns(
        {
            "virus-mnist cold": reader("cold", place.java("ReadCsv.java", file)),
            "virus-mnist cached": reader("cached", place.java("ReadCsv.java", file, cache)),
            "pandas": reader("pandas", process.python("read_csv", "pandas", file)),
            "polars": reader("polars", process.python("read_csv", "polars", file)),
        }
    )


def job(place: Place, turns: Turns) -> Samples:
    """Seconds of the whole job, from the start of the process."""
    log = place.log("job")

    def ours(cache: str, *options) -> Callable[[], float]:
        def train() -> float:
            run = place.work / "run"
            shutil.rmtree(run, ignore_errors=True)
            command = place.application("train", *_files(place), "--run", run, *options)
            cache_directory = str(place.work / cache)
            return process.run(command, log, VIRUS_MNIST_CACHE=cache_directory).seconds

        return train

    def warm() -> float:
        train = ours("cache-job")
        if not (place.work / "cache-job").is_dir():
            train()
        return train()

    def keras(kind: str, epochs: int) -> Callable[[], float]:
        files = (place.keras, place.csv["train"], place.csv["test"], place.work / f"keras-{kind}")
        command = process.python("keras_job", kind, *files, epochs)

        def run() -> float:
            finished = process.run(command, log)
            return extend_epochs(finished.seconds, finished.json()["epochs"], EPOCHS)

        return run

    yield from turns(
        {
            "virus-mnist": ours("cache-none", "--no-cache"),
            "virus-mnist bfloat16": ours("cache-none", "--no-cache", "--precision", "bfloat16"),
            "virus-mnist, caches warm": warm,
            "Keras, features cached": keras("cached", EPOCHS),
            "Keras, the notebook": keras("notebook", NOTEBOOK_EPOCHS),
        }
    )


def growth(place: Place, turns: Turns) -> Samples:
    """Seconds and peak MiB of ``train`` and ``predict`` on 1, 4 and 16 times as many rows."""
    log = place.log("growth")
    files = {factor: _repeated(place, factor) for factor in (1, 4, 16)}
    measured: dict[str, Callable[[], object]] = {}

    def run(command: list) -> Callable[[], dict]:
        def measure() -> dict:
            shutil.rmtree(place.work / "run", ignore_errors=True)
            finished = process.run(command, log)
            return {"seconds": finished.seconds, "peak_mib": finished.peak_mib}

        return measure

    for factor, file in files.items():
        measured[f"predict x{factor}"] = run(
            place.application(
                *("predict", "--model", place.model, "--data", file),
                *("--output", place.work / "predictions.csv"),
            )
        )
        measured[f"train x{factor}"] = run(
            place.application(
                *("train", "--train", file, "--test", place.csv["test"], "--no-cache"),
                *("--run", place.work / "run"),
            )
        )
    yield from turns(measured)


def _files(place: Place) -> list:
    return ["--train", place.csv["train"], "--test", place.csv["test"]]


def _repeated(place: Place, factor: int):
    """A quarter of the training file, as many times."""
    target = place.work / "data" / f"growth-{factor}.csv"
    if not target.is_file():
        lines = place.csv["train"].read_text(encoding="ascii").splitlines(keepends=True)
        quarter = "".join(lines[1 : 1 + (len(lines) - 1) // 4])
        with target.open("w", encoding="ascii") as out:
            out.write(lines[0])
            for _ in range(factor):
                out.write(quarter)
    return target


PARTS = {"predict": predict, "csv": csv, "job": job, "growth": growth}
