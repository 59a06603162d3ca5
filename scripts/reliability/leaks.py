#!/usr/bin/env python3
"""Resident memory over 100,000 head steps and 100,000 predicted batches of 8.

One step and one batch to a call, so that every call's tensors count. The Java heap is of fixed size
and touched beforehand, and the process has one processor: what grows is native memory. The slope is
that of a least-squares line through the second half, in MiB per 10,000 calls.
"""

from __future__ import annotations

import os
import subprocess
import sys

from harness import HOME, Results, java, parser

LIMIT_MIB = 1.0


def slope(points: list[tuple[int, int]]) -> float:
    """Returns the slope of kilobytes by calls, in MiB per 10,000 calls."""
    calls = [call for call, _ in points]
    sizes = [size / 1024 for _, size in points]
    middle = sum(calls) / len(calls)
    mean = sum(sizes) / len(sizes)
    spread = sum((call - middle) ** 2 for call in calls)
    return 1e4 * sum((c - middle) * (s - mean) for c, s in zip(calls, sizes)) / spread


def main() -> int:
    options = parser(__doc__.splitlines()[0])
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--model", default=str(HOME / "savedmodel/mobilenetv2-32"))
    arguments = options.parse_args()
    subprocess.run(["mvn", "-q", "-B", "-Dquick", "-DskipTests", "package"], cwd=HOME, check=True)
    class_path = (HOME / "target/classpath.txt").read_text().strip()
    command = [
        *("taskset", "-c", str(min(os.sched_getaffinity(0)))),
        *(java(), "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
        *("-cp", f"{HOME / 'target/test-classes'}:{HOME / 'target/classes'}:{class_path}"),
        *("org.virusmnist.model.LeakSoak", arguments.model),
        *(str(arguments.calls), str(arguments.calls), str(max(1, arguments.calls // 100))),
    ]
    results = Results("leaks", arguments.output)
    output = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=HOME, timeout=7200
    ).stdout
    parts: dict[str, list[tuple[int, int]]] = {}
    name = ""
    for line in output.splitlines():
        if line[:1].isdigit():
            calls, size = line.split()
            parts[name].append((int(calls), int(size)))
        else:
            name = line
            parts[name] = []
    slopes = {}
    for name, points in parts.items():
        slopes[name] = round(slope(points[len(points) // 2 :]), 4)
        results.add(slopes[name] < LIMIT_MIB, work=name, mib_per_10000=slopes[name], points=points)
    return results.end(**{name.replace(" ", "_"): value for name, value in slopes.items()})


if __name__ == "__main__":
    sys.exit(main())
