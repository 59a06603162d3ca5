"""``explain`` on the committed model and data: sums, a planted pattern, random weights."""

import csv
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

HOME = Path(__file__).resolve().parent.parent.parent
DATA = HOME / "data"
MODEL = HOME / "savedmodel" / "mobilenetv2-32"
ROWS = ",".join(str(row) for row in range(0, 1760, 44))
# A 4x4 square of white in the image.
SQUARE = [row * 32 + column for row in range(26, 30) for column in range(14, 18)]


def command(*arguments):
    done = subprocess.run(
        [HOME / "scripts" / "virus-mnist", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def explanations(folder, *arguments):
    command("explain", *arguments, f"--output={folder}")
    return json.loads((folder / "explanations.json").read_text())["rows"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The notebook's job on the committed data."""
    folder = tmp_path_factory.mktemp("runs") / "trained"
    command("train", f"--run={folder}")
    return folder


@pytest.fixture(scope="module")
def forty(run, tmp_path_factory):
    """Forty test rows explained with the default steps."""
    return explanations(tmp_path_factory.mktemp("forty"), f"--model={run}", f"--rows={ROWS}")


def test_attributions_add_up_at_the_default_steps(forty):
    assert len(forty) == 40
    for row in forty:
        values = np.array(row["attributions"], float)
        gap = abs(values.sum() - (row["logit"] - row["baseline_logit"]))
        assert gap <= 0.01 * np.abs(values).sum(), row["row"]
        assert row["relative_gap"] == pytest.approx(gap / np.abs(values).sum(), abs=1e-4)


def test_random_weights_give_a_different_map(forty, tmp_path):
    trained = {row["row"]: row for row in forty[:5]}
    for row, known in trained.items():
        options = [f"--model={MODEL}", f"--data={DATA / 'test.csv.gz'}", f"--rows={row}"]
        options += [f"--class={known['explained_class']}"]
        untrained = explanations(tmp_path / str(row), *options)[0]
        maps = [np.array(each["attributions"]) for each in (known, untrained)]
        assert np.corrcoef(*maps)[0, 1] < 0.5


def test_a_planted_pattern_is_found(tmp_path):
    planted = plant(tmp_path / "planted.csv")
    options = [f"--train={planted}", f"--test={planted}", "--epochs=30", "--learning-rate=0.003"]
    command("train", *options, f"--run={tmp_path / 'run'}")
    rows = explanations(
        tmp_path / "out",
        f"--model={tmp_path / 'run'}",
        f"--data={planted}",
        "--rows=1,41,81,121,161",
        "--class=1",
    )
    for row in rows:
        found = [each for each in row["bytes"] if each["offset"] in SQUARE]
        assert len(found) >= 5, (row["row"], row["bytes"])
        assert found[0]["attribution"] > 0


def plant(target):
    """Two hundred rows of dim noise: even ones are class 0, odd ones have the square and are 1."""
    numbers = np.random.default_rng(1)
    with target.open("w", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(["label", *(f"pixel{i}" for i in range(1, 1025))])
        for number in range(200):
            pixels = numbers.integers(0, 40, 1024)
            pixels[SQUARE] = 255 if number % 2 else pixels[SQUARE]
            out.writerow([number % 2, *pixels])
    return target
