"""A network exported to compute in bfloat16 says nearly what the float32 one does, and trains."""

import numpy as np
import pytest
import tensorflow as tf

from conftest import SEED
from export_savedmodel import main
from exporter import folding, losses, saving
from exporter.classifier import Classifier
from exporter.weights import Source
from saved import Saved, random_batch

BATCHES = [[3, 1, 4, 0], [5, 9, 2, 6], [8, 7, -1, -1]]
UNIT = 2.0**-8  # half a unit in the last of bfloat16's eight digits, relative


@pytest.fixture(scope="module")
def rounded(tiny_base, tmp_path_factory) -> Saved:
    output = tmp_path_factory.mktemp("bfloat16") / "model"
    plan = folding.fold(tiny_base)
    classifier = Classifier(plan, 10, losses.SOFTMAX, SEED, tf.bfloat16)
    saving.save(classifier, Source(tiny_base, "test", None), SEED, output, overwrite=False)
    return Saved(output, plan)


def test_features_are_rounded_and_nothing_else(tiny, rounded):
    images, _ = random_batch()
    exact = tiny.call("features", images=images)["features"]
    features = rounded.call("features", images=images)["features"]
    assert features.dtype == np.float32
    difference = np.abs(features - exact).max() / np.abs(exact).max()
    assert 0 < difference < 10 * UNIT


def test_the_contract_says_so(tiny, rounded):
    assert '"compute_dtype": "bfloat16"' in (rounded.path / "contract.json").read_text()
    assert "compute_dtype" not in (tiny.path / "contract.json").read_text()


def test_weights_stay_float32(rounded):
    variables = tf.train.list_variables(str(rounded.path / "variables" / "variables"))
    reader = tf.train.load_checkpoint(str(rounded.path / "variables" / "variables"))
    types = reader.get_variable_to_dtype_map()
    assert {types[name] for name, _ in variables} <= {tf.float32, tf.int64, tf.string}


@pytest.mark.parametrize("signature", ["train", "fine_tune"])
def test_steps_are_near_those_in_float32(tiny, rounded, signature):
    images, labels = random_batch()
    losses_of = []
    for model in (tiny, rounded):
        model.restore_base()
        model.initialize()
        losses_of.append(model.train(signature, images, labels, BATCHES)["losses"])
        model.restore_base()
    np.testing.assert_allclose(losses_of[1], losses_of[0], rtol=0.05)


def test_the_accurate_head_has_no_such_export(capsys, tmp_path):
    with pytest.raises(SystemExit):
        main(["--head", "accurate", "--compute-dtype", "bfloat16", "--output", str(tmp_path)])
    assert "expected float32 with --head accurate" in capsys.readouterr().err
