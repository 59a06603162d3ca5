"""A run's event files, read back by TensorBoard itself."""

import csv
import json

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import plugin_data_pb2

EPOCHS = 3
BATCH = 32


@pytest.fixture(scope="module")
def events(run):
    """One accumulator for each of the three TensorBoard runs of a run."""
    found = {}
    for name in ("train", "validation", "test"):
        size_guidance = {"scalars": 0, "images": 0, "tensors": 0}
        found[name] = EventAccumulator(str(run / "tensorboard" / name), size_guidance)
        found[name].Reload()
    return found


@pytest.fixture(scope="module")
def history(run):
    with (run / "history.csv").open() as lines:
        return [
            {name: float(value) for name, value in row.items()} for row in csv.DictReader(lines)
        ]


def scalars(accumulator, tag):
    return [(event.step, event.value) for event in accumulator.Scalars(tag)]


@pytest.mark.parametrize(
    ("part", "prefix"), [("train", ""), ("validation", "val_")], ids=["train", "validation"]
)
@pytest.mark.parametrize("name", ["loss", "accuracy"])
def test_epochs_are_those_of_the_history(events, history, part, prefix, name):
    expected = [(row["epoch"], pytest.approx(row[prefix + name], rel=1e-6)) for row in history]
    assert scalars(events[part], f"epoch_{name}") == expected


def test_every_step_is_there_once(events, history, run):
    total = json.loads((run / "config.json").read_text())["data"]["train"]["rows"]
    rows = [min(BATCH, total - first) for first in range(0, total, BATCH)]
    losses = scalars(events["train"], "batch_loss")
    assert [step for step, _ in losses] == list(range(EPOCHS * len(rows)))
    for epoch in range(EPOCHS):
        steps = losses[len(rows) * epoch :]
        mean = sum(loss * count for (_, loss), count in zip(steps, rows)) / total
        assert mean == pytest.approx(history[epoch]["loss"], rel=1e-5)
    rates = [rate for _, rate in scalars(events["train"], "learning_rate")]
    assert rates == pytest.approx([0.001] * len(losses), rel=1e-6)
    assert all(0 <= share <= 1 for _, share in scalars(events["train"], "batch_accuracy"))


def test_pictures_are_the_charts_of_the_run(events, run):
    assert events["test"].Tags()["images"] == ["confusion_matrix", "samples", "misclassified"]
    for tag in events["test"].Tags()["images"]:
        image = events["test"].Images(tag)[0]
        assert image.encoded_image_string == (run / f"{tag}.png").read_bytes()
        assert image.width > 300 < image.height


def test_scores_are_those_of_the_evaluation(events, run):
    evaluation = json.loads((run / "evaluation.json").read_text())
    (step, accuracy), *more = scalars(events["test"], "test_accuracy")
    assert (step, more) == (0, [])
    assert accuracy == pytest.approx(evaluation["accuracy"], rel=1e-6)


def test_hyperparameters_are_the_options_of_the_run(events, run):
    start, end = (plugin_data(events["test"], name) for name in ("start", "end"))
    options = json.loads((run / "config.json").read_text())["options"]
    hparams = start.session_start_info.hparams
    assert hparams["batch_size"].number_value == options["batch_size"] == BATCH
    assert hparams["learning_rate"].number_value == options["learning_rate"] == 0.001
    assert hparams["shuffle"].bool_value is options["shuffle"] is False
    assert hparams["preset"].string_value == options["preset"]
    assert hparams["model"].string_value.endswith("mobilenetv2-32")
    assert set(options) < set(hparams)
    assert end.session_end_info.status == 1
    assert end.session_end_info.end_time_secs >= start.session_start_info.start_time_secs


def plugin_data(accumulator, name):
    metadata = accumulator.SummaryMetadata(f"_hparams_/session_{name}_info")
    assert metadata.plugin_data.plugin_name == "hparams"
    return plugin_data_pb2.HParamsPluginData.FromString(metadata.plugin_data.content)
