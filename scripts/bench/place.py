"""Where things are, and the application's command lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Place:
    """``home`` is the repository, ``work`` a directory for data, models, runs and logs."""

    home: Path
    work: Path
    csv: dict[str, Path] = field(default_factory=dict)

    @property
    def model(self) -> Path:
        return self.home / "savedmodel/mobilenetv2-32"

    @property
    def onnx(self) -> Path:
        return self.work / "peers/model.onnx"

    @property
    def keras(self) -> Path:
        return self.work / "peers/model.keras"

    def log(self, name: str) -> Path:
        return self.work / f"{name}.log"

    def application(self, verb: str, *options) -> list:
        return [self.home / "scripts/virus-mnist", verb, *options]

    def java(self, source: str, *arguments) -> list:
        built = (self.home / "target/classpath.txt").read_text(encoding="utf-8").strip()
        path = f"{self.home / 'target/classes'}:{built}"
        file = self.home / "scripts/bench" / source
        return ["java", "-XX:+UseParallelGC", "-cp", path, file, *arguments]
