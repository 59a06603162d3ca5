"""``inspect TRAIN TEST`` against numpy comparing every byte of every pair."""

import csv
import gzip
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

HOME = Path(__file__).resolve().parent.parent.parent
DATA = HOME / "data"
DISTANCES = (0, 1, 4, 16, 64)


@pytest.fixture(scope="module")
def audit(tmp_path_factory):
    """``audit.json`` and the list of near rows for the committed data."""
    folder = tmp_path_factory.mktemp("audit")
    command = [HOME / "scripts" / "virus-mnist", "inspect"]
    command += [DATA / "train.csv.gz", DATA / "test.csv.gz", f"--output={folder}"]
    command += [f"--duplicates={folder / 'duplicates.csv'}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with (folder / "duplicates.csv").open() as lines:
        return json.loads((folder / "audit.json").read_text()), list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def nearest():
    """Row number and distance of the nearest training row of each test row, by brute force."""
    train, test = pixels("train"), pixels("test")
    found = []
    for row in test:
        differing = np.count_nonzero(train != row, axis=1)
        found.append((int(differing.argmin()), int(differing.min())))
    return found


def pixels(name):
    with gzip.open(DATA / f"{name}.csv.gz", "rt") as lines:
        next(lines)
        return np.array([line.split(",")[1:1025] for line in lines], np.uint8)


def test_counts_are_those_of_brute_force(audit, nearest):
    distances = np.array([distance for _, distance in nearest])
    expected = [int((distances <= limit).sum()) for limit in DISTANCES]
    assert [near["rows"] for near in audit[0]["near"]] == expected
    assert [near["bytes"] for near in audit[0]["near"]] == list(DISTANCES)
    assert f"{audit[0]['near'][3]['share']:.1%}" == "9.1%"


def test_every_near_row_is_listed_with_its_neighbour(audit, nearest):
    listed = {
        int(row["row"]): (int(row["other_row"]), int(row["differing_bytes"]))
        for row in audit[1]
        if row["file"].endswith("test.csv.gz") and row["other_file"].endswith("train.csv.gz")
    }
    assert listed == {row: near for row, near in enumerate(nearest) if near[1] <= 64}
