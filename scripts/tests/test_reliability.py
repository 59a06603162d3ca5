"""The reliability commands: what they count, break and compare; the long runs are theirs."""

from __future__ import annotations

import errno
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

RELIABILITY = Path(__file__).resolve().parents[1] / "reliability"
sys.path.insert(0, str(RELIABILITY))

import faults  # noqa: E402
import harness  # noqa: E402
import leaks  # noqa: E402

COMMANDS = ("kills", "signals", "write_faults", "damage", "directories", "leaks")
WRITES = """
import os, sys
place = sys.argv[1]
os.mkdir(place + "/a")
fd = os.open(place + "/a/f", os.O_CREAT | os.O_WRONLY)
os.write(fd, b"x")
os.fsync(fd)
os.rename(place + "/a/f", place + "/a/g")
os.unlink(place + "/a/g")
os.rmdir(place + "/a")
"""


@pytest.fixture
def shim(tmp_path):
    if shutil.which("cc") is None or sys.platform != "linux":
        pytest.skip("needs a C compiler on Linux")
    return faults.Faults(tmp_path)


def python(environment, place):
    return subprocess.run(
        [sys.executable, "-c", WRITES, str(place)], env=environment, capture_output=True, text=True
    )


def test_every_call_that_changes_a_file_is_counted(shim, tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    log = tmp_path / "log"
    assert python(shim.counting(place, log), place).returncode == 0
    listed = faults.calls(log, place)
    assert [call.name for call in listed] == [
        "mkdir", "open", "write", "fsync", "rename", "unlink", "rmdir"
    ]  # fmt: skip
    assert [call.number for call in listed] == list(range(1, 8))
    assert listed[4].path == "a/g"


@pytest.mark.parametrize("number", range(1, 8))
def test_the_call_of_a_number_fails_or_kills(shim, tmp_path, number):
    place = tmp_path / "place"
    place.mkdir()
    control = faults.control(place, number, errno.ENOSPC, tmp_path / "control")
    failed = python(shim.environment(control), place)
    assert failed.returncode == 1
    assert "No space left on device" in failed.stderr
    other = tmp_path / "other"
    other.mkdir()
    assert python(shim.killing(other, number), other).returncode == -signal.SIGKILL
    assert (other / "a").exists() == (number > 1)


def test_elsewhere_nothing_fails(shim, tmp_path):
    (tmp_path / "place").mkdir()
    control = faults.control(tmp_path / "other", 1, errno.ENOSPC, tmp_path / "control")
    assert python(shim.environment(control), tmp_path / "place").returncode == 0


def test_the_calls_of_one_checkpoint_end_where_the_next_begins():
    paths = [
        "run/checkpoints/.000003.x.tmp",
        "run/checkpoints/.000004.y.tmp",
        "run/checkpoints/.LATEST.tmp",
        "run/run.log",
        "run/checkpoints/.000005.z.tmp",
    ]
    listed = [faults.Call(i, "mkdir", path) for i, path in enumerate(paths, 1)]
    assert faults.of_one_checkpoint(listed) == listed[1:4]


def test_the_slope_is_that_of_the_line():
    points = [(calls, 1024 * (500 + 3 * calls // 10_000)) for calls in range(0, 100_000, 10_000)]
    assert leaks.slope(points) == pytest.approx(3)


def test_a_run_is_compared_by_what_interruptions_must_not_change(tmp_path):
    for name in ("model/variables/variables.index", "predictions.csv", "evaluation.json",
                 "model/variables/variables.data-00000-of-00001"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    history = tmp_path / "history.csv"
    history.write_text("epoch,accuracy,loss,val_accuracy,val_loss,seconds\n0,1,2,3,4,5\n")
    before = harness.fingerprint(tmp_path)
    history.write_text("epoch,accuracy,loss,val_accuracy,val_loss,seconds\n0,1,2,3,4,9\n")
    assert harness.fingerprint(tmp_path) == before, "times may differ"
    history.write_text("epoch,accuracy,loss,val_accuracy,val_loss,seconds\n0,1,2,3,5,9\n")
    assert harness.fingerprint(tmp_path) != before
    assert not harness.left_over(tmp_path)
    (tmp_path / "model/.x.tmp").touch()
    assert harness.left_over(tmp_path) == ["model/.x.tmp"]


def test_results_say_what_did_not_hold(tmp_path, capsys):
    results = harness.Results("claim", tmp_path)
    assert results.end() == 1, "nothing was measured"
    results = harness.Results("claim", tmp_path)
    results.add(True, case=1)
    assert results.end() == 0
    results = harness.Results("claim", tmp_path)
    results.add(False, case=2)
    assert results.end() == 1
    lines = [json.loads(line) for line in (tmp_path / "claim.jsonl").read_text().splitlines()]
    assert lines[0].keys() >= {"claim", "date", "revision", "machine", "load"}
    assert lines[1] == {"holds": False, "case": 2}
    assert lines[2]["failures"] == 1
    assert "case': 2" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name):
    said = subprocess.run(
        [sys.executable, RELIABILITY / f"{name}.py", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "--output" in said


def test_java_is_the_one_that_maven_and_the_launcher_take(monkeypatch):
    monkeypatch.setenv("JAVA_HOME", "/opt/jdk")
    assert harness.java() == "/opt/jdk/bin/java"
    monkeypatch.delenv("JAVA_HOME")
    assert harness.java() == "java"


def test_all_runs_every_command():
    text = (RELIABILITY / "all").read_text()
    assert all(name in text for name in (*COMMANDS, "csv-mutations"))


def test_a_damaged_checkpoint_of_the_application_is_named_and_left_out(tmp_path):
    command = [sys.executable, RELIABILITY / "damage.py", "--cases", "1", "--output", tmp_path]
    subprocess.run(command, check=True)
    lines = (tmp_path / "damage.jsonl").read_text().splitlines()
    case = json.loads(lines[1])
    assert case["holds"]
    assert case["seen"]
