"""The measurement of options: every run once, and a table that can be checked by hand."""

import importlib.util
import json
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "accuracy" / "effects.py"

# A launcher that scores 0.5 plus a hundredth for each word of the command line and notes its calls.
LAUNCHER = """#!/bin/sh
[ "$1" = --version ] && exit 0
echo "$@" >> "$(dirname "$0")/calls"
for run; do :; done
mkdir -p "$run"
echo '{"environment": {"revision": "abc"}}' > "$run/config.json"
echo "{\\"accuracy\\": 0.$((50 + $#)), \\"macro_f1\\": 0.25, \\"loss\\": 1.5}"
"""

OPTIONS = [("head", "nothing", ""), ("head", "dropout", "--dropout 0.5")]


@pytest.fixture
def effects(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("effects", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "RESULTS", tmp_path / "effects.json")
    return module


@pytest.fixture
def launcher(tmp_path):
    script = tmp_path / "virus-mnist"
    script.write_text(LAUNCHER)
    script.chmod(0o755)
    return script


def calls(launcher: Path) -> list[str]:
    return (launcher.parent / "calls").read_text().splitlines()


def test_runs_what_is_missing_and_nothing_twice(effects, launcher):
    effects.run_missing(launcher, ["notebook"], OPTIONS, range(1, 3))
    assert len(calls(launcher)) == 4
    assert "--seed 2 --dropout 0.5 --groups" in calls(launcher)[3]

    results = json.loads(effects.RESULTS.read_text())
    assert results["notebook |  | 1"]["revision"] == "abc"
    del results["notebook | --dropout 0.5 | 2"]
    effects.write_results(results)
    effects.run_missing(launcher, ["notebook"], OPTIONS, range(1, 3))
    assert len(calls(launcher)) == 5


def test_runs_presets_as_they_are_typed_and_shows_each_seed(effects, launcher):
    rows = [("presets", "fast", "fast", ""), ("sizes", "large", "fast", "--model m")]
    effects.run_as_typed(launcher, rows, range(1, 3))
    effects.run_as_typed(launcher, rows, range(1, 3))
    assert len(calls(launcher)) == 4
    assert "train --preset fast --seed 1 --explain" in calls(launcher)[0]
    assert not any("--groups" in call for call in calls(launcher))

    results = json.loads(effects.RESULTS.read_text())
    assert "fast, rows held out at random | --model m | 2" in results
    table = effects.table_as_typed(rows, range(1, 6))
    assert "| fast | 0.630 ± 0.000 | 0.250 ± 0.000 | 0.630, 0.630 |" in table


def test_shows_the_difference_seed_by_seed(effects):
    scores = {"macro_f1": 0.5, "loss": 1.0, "revision": "abc"}
    effects.write_results(
        {
            "notebook |  | 1": scores | {"accuracy": 0.5},
            "notebook |  | 2": scores | {"accuracy": 0.75},
            "notebook | --dropout 0.5 | 1": scores | {"accuracy": 0.625},
            "notebook | --dropout 0.5 | 2": scores | {"accuracy": 0.875},
        }
    )

    table = effects.table("notebook", OPTIONS, range(1, 4))
    assert "| nothing | 2 | 0.625 ± 0.177 | 0.500 ± 0.000 |  |" in table
    assert "| 2 | 0.750 ± 0.177 | 0.500 ± 0.000 | +0.125 ± 0.000 |" in table


def test_leaves_out_what_a_preset_has_already(effects):
    options = [("head", "rate", "--learning-rate 0.003")]
    assert effects.of_preset("fast", options) == []
    assert effects.of_preset("notebook", options) == [("rate", "--learning-rate 0.003")]
