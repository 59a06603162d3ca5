"""``check_predictions.py`` accepts what the model says and nothing else."""

import shutil

import numpy as np
import pandas
import pytest

import check_predictions

ROWS = 300  # more than one batch


@pytest.fixture
def run(tiny, tmp_path):
    """A run directory as the application leaves it, and the CSV it predicted."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (ROWS, 1024), dtype=np.uint8)
    data = pandas.DataFrame(pixels, columns=check_predictions.PIXELS)
    data.insert(0, "label", rng.integers(0, 10, ROWS))
    data["hash"] = [f"{i:032x}" for i in range(ROWS)]
    data.to_csv(tmp_path / "test.csv.gz", index=False)
    tiny.restore_base()
    shutil.copytree(tiny.path, tmp_path / "run" / "model")
    images = pixels.reshape(-1, 32, 32, 1).repeat(3, axis=3)
    probabilities = tiny.call("serving_default", images=images)["probabilities"]
    written = pandas.DataFrame({"row": range(ROWS), "hash": data["hash"], "label": data["label"]})
    written["predicted"] = probabilities.argmax(1)
    written["probability"] = probabilities.max(1)
    for column in range(10):
        written[f"p{column}"] = probabilities[:, column]
    return tmp_path, written


def check(run, written=None) -> int:
    folder, whole = run
    written = whole if written is None else written
    written.to_csv(folder / "run" / "predictions.csv", index=False)
    return check_predictions.main([str(folder / "run"), str(folder / "test.csv.gz")])


def test_right_predictions_are_accepted(run, capsys):
    assert check(run) == 0
    assert "largest difference" in capsys.readouterr().out


def test_a_probability_that_is_off_is_found(run, capsys):
    written = run[1]
    other = (written["predicted"][299] + 1) % 10
    written.loc[299, f"p{other}"] += 3e-5
    assert check(run) == 1
    assert "largest difference 3e-05" in capsys.readouterr().out


def test_a_probability_that_is_not_a_number_is_found(run):
    run[1].loc[5, "p1"] = float("nan")
    assert check(run) == 1


@pytest.mark.parametrize("column", ["row", "label", "predicted", "hash"])
def test_a_wrong_cell_is_named(run, capsys, column):
    written = run[1]
    written.loc[7, column] = "x" if column == "hash" else (written[column][7] + 1)
    assert check(run) == 1
    assert f"{column} of row 7 is" in capsys.readouterr().err


def test_a_missing_row_is_found(run, capsys):
    assert check(run, run[1].drop(index=299)) == 1
    assert "299 rows, expected 300" in capsys.readouterr().err


def test_a_missing_column_is_found(run, capsys):
    assert check(run, run[1].drop(columns="p9")) == 1
    assert "columns" in capsys.readouterr().err
