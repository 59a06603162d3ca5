"""What was measured on: processor, memory, system, versions."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib import metadata
from pathlib import Path

PEERS = ("keras", "tensorflow-cpu", "onnxruntime", "openvino", "pandas", "polars", "numpy")
FLAGS = ("avx2", "avx512f", "avx512_bf16", "amx_bf16")


def describe(home: Path) -> dict:
    """Facts for the header of the results, without any name of machine or user."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="ascii")
    memory = Path("/proc/meminfo").read_text(encoding="ascii")
    flags = set(re.search(r"^flags\s*: (.*)$", cpu, re.MULTILINE).group(1).split())
    return {
        "processor": re.search(r"^model name\s*: (.*)$", cpu, re.MULTILINE).group(1),
        "model": _number("model", cpu),
        "cores": len(os.sched_getaffinity(0)),
        "instructions": [flag for flag in FLAGS if flag in flags],
        "memory_gib": round(int(re.search(r"MemTotal:\s+(\d+)", memory).group(1)) / 2**20),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "java": _first_line(["java", "-version"]),
        "application": _first_line([str(home / "scripts/virus-mnist"), "--version"]),
        "python": platform.python_version(),
        "peers": {name: metadata.version(name) for name in PEERS},
    }


def _number(key: str, cpu: str) -> int:
    return int(re.search(rf"^{key}\s*: (\d+)$", cpu, re.MULTILINE).group(1))


def _first_line(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return (done.stdout + done.stderr).strip().splitlines()[0]
