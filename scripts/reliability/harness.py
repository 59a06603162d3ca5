"""What the reliability commands share: data, runs of the application, comparison, results."""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
TINY = HOME / "src/test/resources/savedmodel/tiny"
SIDE = 32
CLASSES = 10
MAIN = "org.virusmnist.cli.Main"


def java() -> str:
    """Returns the Java that Maven and the launcher take: that of JAVA_HOME, or of the path."""
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def write_csv(path: Path, rows: int) -> Path:
    """Writes images of stripes whose steepness is the class, in the Virus-MNIST format."""
    with path.open("w") as file:
        names = ",".join(f"pixel{i}" for i in range(1, SIDE * SIDE + 1))
        file.write(f"label,{names},hash\n")
        for row in range(rows):
            label = row % CLASSES
            pixels = (
                (i // SIDE * (7 + 20 * label) + i % SIDE * (3 + label) + row) % 256
                for i in range(SIDE * SIDE)
            )
            file.write(f"{label},{','.join(map(str, pixels))},{row:032x}\n")
    return path


@dataclass
class Application:
    """The application as its launcher starts it, with a quickly starting JVM and no caches."""

    scratch: Path
    rows: int = 240
    batch_size: int = 8

    def __post_init__(self) -> None:
        built = HOME / "target/classpath.txt"
        if not built.is_file():
            subprocess.run(
                [HOME / "scripts/virus-mnist", "--help"], check=True, stdout=subprocess.DEVNULL
            )
        self.class_path = f"{HOME / 'target/classes'}:{built.read_text().strip()}"
        self.train_csv = write_csv(self.scratch / "train.csv", self.rows)
        self.test_csv = write_csv(self.scratch / "test.csv", self.rows // 4)

    def command(self, *arguments: object) -> list[str]:
        """Returns the command line of a verb."""
        options = [
            java(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            f"-Dvirusmnist.home={HOME}",
            "-cp",
            self.class_path,
            MAIN,
        ]
        return options + [str(argument) for argument in arguments]

    def train(self, run: Path, *options: object) -> list[str]:
        """Returns the command line of a small training with a checkpoint after every call."""
        return self.command(
            "train", "--model", TINY, "--train", self.train_csv, "--test", self.test_csv,
            "--no-cache", "--explain", 0, "--epochs", 3, "--batch-size", self.batch_size,
            "--checkpoint-every", 0, "--run", run, *options,
        )  # fmt: skip

    def resume(self, run: Path) -> list[str]:
        """Returns the command line that goes on with a run."""
        return self.command("train", "--resume", run)

    def start(
        self,
        command: list[str],
        environment: dict[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
    ) -> subprocess.Popen[str]:
        """Starts a command; what it says is kept."""
        return subprocess.Popen(
            command,
            text=True,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.scratch,
            env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "2"} | (environment or {}),
            # A shell lets background jobs ignore Ctrl-C, and Java would inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def run(
        self, command: list[str], environment: dict[str, str] | None = None, limit: float = 600
    ) -> tuple[int, str]:
        """Runs a command to its end and returns exit code and output."""
        process = self.start(command, environment)
        output, _ = process.communicate(timeout=limit)
        return process.returncode, output


class CommandLoop:
    """One process that runs command after command: a start costs more than a small training."""

    def __init__(self, app: Application, environment: dict[str, str]) -> None:
        classes = HOME / "target/test-classes"
        command = app.command()
        command[command.index(app.class_path)] = f"{classes}:{app.class_path}"
        command[-1] = "org.virusmnist.cli.CommandLoop"
        self.process = app.start(command, environment, stdin=subprocess.PIPE)

    def run(self, command: list[str], limit: float = 600) -> tuple[int, str]:
        """Runs a command that Application made and returns exit code and output."""
        arguments = command[command.index(MAIN) + 1 :]
        print(*arguments, sep="\t", file=self.process.stdin, flush=True)
        watchdog = threading.Timer(limit, self.process.kill)
        watchdog.start()
        said = []
        for line in self.process.stdout:
            if line.startswith("exit "):
                watchdog.cancel()
                return int(line.split()[1]), "".join(said)
            said.append(line)
        watchdog.cancel()
        return self.process.wait(), "the process ended: " + "".join(said)

    def is_alive(self) -> bool:
        """Whether it can run another command."""
        return self.process.poll() is None

    def close(self) -> None:
        """Ends the process."""
        self.process.stdin.close()
        self.process.wait()


def fingerprint(run: Path) -> dict[str, str]:
    """Returns hashes of what must not depend on interruptions: weights, history, predictions."""
    result = {}
    for name in (
        "model/variables/variables.index",
        "model/variables/variables.data-00000-of-00001",
        "predictions.csv",
        "evaluation.json",
    ):
        result[name] = hashlib.sha256((run / name).read_bytes()).hexdigest()
    with (run / "history.csv").open() as file:
        scores = [row[:5] for row in csv.reader(file)]
    result["history.csv"] = hashlib.sha256(json.dumps(scores).encode()).hexdigest()
    return result


def left_over(run: Path) -> list[str]:
    """Returns names of unfinished files, of which a finished run has none."""
    return [str(path.relative_to(run)) for path in run.rglob(".*.tmp")]


def revision() -> str:
    """Returns the revision the application was built from."""
    properties = HOME / "target/classes/org/virusmnist/cli/console/build.properties"
    lines = properties.read_text().splitlines() if properties.is_file() else []
    return next((line.split("=", 1)[1] for line in lines if line.startswith("revision=")), "")


def machine() -> dict[str, object]:
    """Returns what the measurements were made on."""
    model = next(
        (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.processor(),
    )  # fmt: skip
    return {"processor": model, "cores": os.cpu_count(), "system": platform.platform()}


def parser(description: str) -> argparse.ArgumentParser:
    """Returns a parser with the options of every command."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--output", type=Path, default=HOME / "target/reliability", help="directory of raw results"
    )
    return options


class Results:
    """Raw results, a JSON line a case, and whether all of them are as claimed."""

    def __init__(self, claim: str, output: Path) -> None:
        output.mkdir(parents=True, exist_ok=True)
        self.claim = claim
        self.path = output / f"{claim}.jsonl"
        self.file = self.path.open("w")
        self.start = time.monotonic()
        self.cases = 0
        self.failures = 0
        self._write(
            {
                "claim": claim,
                "date": datetime.now(UTC).isoformat(timespec="seconds"),
                "revision": revision(),
                "machine": machine(),
                "load": round(os.getloadavg()[0], 1),
                "arguments": sys.argv[1:],
            }
        )

    def _write(self, record: dict[str, object]) -> None:
        self.file.write(json.dumps(record) + "\n")
        self.file.flush()

    def add(self, holds: bool, **record: object) -> None:
        """Adds a case."""
        self.cases += 1
        self.failures += not holds
        self._write({"holds": holds, **record})
        if not holds:
            print(f"{self.claim}: {record}", file=sys.stderr, flush=True)

    def end(self, **summary: object) -> int:
        """Says how it went and returns the exit code."""
        seconds = round(time.monotonic() - self.start, 1)
        self._write({"cases": self.cases, "failures": self.failures, "seconds": seconds, **summary})
        self.file.close()
        words = "".join(f", {key} {value}" for key, value in summary.items())
        print(f"{self.claim}: {self.cases} cases, {self.failures} failures{words}, {seconds} s")
        return 1 if self.failures or not self.cases else 0


def scratch() -> tempfile.TemporaryDirectory[str]:
    """Returns a directory that goes away at the end."""
    return tempfile.TemporaryDirectory(prefix="virus-mnist-reliability-")
