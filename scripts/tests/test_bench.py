"""What the measurements compute from what they measured."""

import gzip

import numpy as np
import pytest

from bench import data, report
from bench.statistics import (
    HIGHER,
    LOWER,
    Summary,
    advantage,
    extend_epochs,
    summarize,
    turns,
)

HEADER = data.HEADER


def test_summary_is_median_and_spread():
    assert summarize([3.0, 1.0, 2.0, 10.0]) == Summary(2.5, 1.0, 10.0, 4)
    with pytest.raises(ValueError, match="no values"):
        summarize([])


def test_advantage_is_above_one_where_ours_is_better():
    assert advantage([200.0], [100.0], HIGHER) == 2
    assert advantage([2.0, 2.0, 50.0], [8.0], LOWER) == 4
    with pytest.raises(ValueError, match="'bigger'"):
        advantage([1.0], [1.0], "bigger")


def test_epochs_are_added_at_the_pace_of_the_last_one():
    # 20 s besides, 9 s in the first epoch, 5 s in every later one.
    assert extend_epochs(34.0, [9.0, 5.0], 10) == 20 + 9 + 9 * 5
    assert extend_epochs(34.0, [9.0, 5.0], 2) == 34
    with pytest.raises(ValueError, match="1 epochs"):
        extend_epochs(34.0, [9.0], 10)


def test_every_round_begins_with_another_contender():
    called = [name for name, _ in turns({"a": int, "b": int, "c": int}, 4)]
    assert "".join(called) == "abc" "bca" "cab" "abc"


def test_rows_are_those_of_the_sample_up_to_some_column():
    random = np.random.default_rng(1)
    sample = random.integers(256, size=(5, data.PIXELS), dtype=np.uint8)
    labels = np.arange(5)
    drawn, pixels, hashes = data.mutate(labels, sample, 200, np.random.default_rng(2))

    kept = np.argmin(pixels == sample[drawn], axis=1)
    assert 300 < np.median(kept) < 724
    assert len(set(hashes)) == 200 and {len(digest) for digest in hashes} == {32}


def test_the_same_seed_writes_the_same_files(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "ROWS", {"train": 7, "test": 3})
    cells = ",".join(["7"] * data.PIXELS)
    for name in data.ROWS:
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt") as out:
            out.write(f"{HEADER}\n3,{cells},\n")

    first = data.write_pair(tmp_path, tmp_path / "a", seed=5)
    again = data.write_pair(tmp_path, tmp_path / "b", seed=5)
    other = data.write_pair(tmp_path, tmp_path / "c", seed=6)

    assert first["train"].read_bytes() == again["train"].read_bytes()
    assert first["train"].read_bytes() != other["train"].read_bytes()
    lines = first["train"].read_text().splitlines()
    assert lines[0] == HEADER and len(lines) == 8
    assert all(line.startswith("3,") and line.count(",") == 1025 for line in lines[1:])


def test_tables_replace_what_is_between_their_marks():
    samples = {
        "csv": {
            "virus-mnist cold": [0.5, 0.4, 0.6],
            "virus-mnist cached": [0.05],
            "pandas": [4.0],
            "polars": [1.5],
        }
    }
    machine = {
        "processor": "P",
        "model": 1,
        "cores": 2,
        "instructions": ["avx2"],
        "memory_gib": 8,
        "system": "Linux",
        "java": "j",
        "application": "a",
        "python": "3",
        "peers": {"pandas": "3"},
    }
    page = "<!-- csv -->\nstale\n<!-- end -->\n<!-- ratios --><!-- end --><!-- job --><!-- end -->"

    filled = report.fill(page, report.tables({"machine": machine, "samples": samples}))

    assert "stale" not in filled
    assert "| virus-mnist cold | 0.500 | 0.400 to 0.600 | 3 |" in filled
    assert "| csv: virus-mnist cold | pandas | **8.00** | 2 |" in filled
    assert "| csv: virus-mnist cached | pandas | **80.0** | 50 |" in filled
    assert filled.endswith("<!-- job --><!-- end -->")
