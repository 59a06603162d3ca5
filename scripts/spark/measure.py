"""Measures training beyond memory, and the throughput of Spark against the plain verb.

Usage: measure.py HOME train|throughput [--rows N] ..., from scripts/spark/measure. Prints the
rows of the tables of docs/scale.md and writes every value to target/scale/NAME.json.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import re
import subprocess
import time

import check_submit
import numpy as np

from bench import data
from bench.statistics import summarize, turns

ROWS_PER_FILE = 62_500
SAMPLE_SECONDS = 0.25
LOCAL = "local[2]"


def write_rows(home: pathlib.Path, folder: pathlib.Path, rows: int) -> list[pathlib.Path]:
    """Files of generated rows, made as those of scripts/bench, unless they are there already."""
    folder.mkdir(parents=True, exist_ok=True)
    labels, pixels = data.read_sample(home / "data/train.csv.gz")
    paths = []
    for number, start in enumerate(range(0, rows, ROWS_PER_FILE)):
        own = min(ROWS_PER_FILE, rows - start)
        paths.append(folder / f"{number:03}-{own}.csv")
        if not paths[-1].is_file():
            random = np.random.default_rng([data.SEED, number])
            data.write(paths[-1], *data.mutate(labels, pixels, own, random))
    return paths


def memory(pid: int) -> dict[str, int]:
    """Resident MiB of a process: in all, anonymous, and of mapped files."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = dict(re.findall(r"^(VmRSS|RssAnon|RssFile):\s+(\d+) kB$", status, re.MULTILINE))
    return {name: int(kib) // 1024 for name, kib in found.items()}


def watched(command, log, **environment):
    """Runs a command: seconds, processor seconds of it and its children, peaks of its memory."""
    peaks: dict[str, int] = {}
    with log.open("a", encoding="utf-8") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=output,
            stderr=output,
            env={**os.environ, **environment},
        )
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            for name, mib in memory(process.pid).items():
                peaks[name] = max(peaks.get(name, 0), mib)
            time.sleep(SAMPLE_SECONDS)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {process.returncode}, see {log}")
    cpu = usage.ru_utime + usage.ru_stime
    return {"seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1), "peak_mib": peaks}


def train(home, work, options):
    """Trains with little heap, features in files."""
    paths = write_rows(home, work / "rows", options.rows)
    run = work / f"run-{time.time_ns()}"
    result = watched(
        [home / "scripts/virus-mnist", "train", "--train", *paths, "--run", run]
        + ["--test", home / "data/test.csv.gz", "--work-directory", work]
        + ["--epochs", options.epochs],
        work / "train.log",
        JAVA_OPTS=f"-Xmx{options.heap}",
    )
    phases = json.loads((run / "times.json").read_text(encoding="utf-8"))
    print(f"train, {options.rows:,} rows, {options.epochs} epochs, heap {options.heap}: {result}")
    return {"rows": options.rows, "heap": options.heap, **result, "times": phases}


def spark_command(home, master, options):
    """The command line of predict through spark-submit."""
    return check_submit.command(home, "predict", *options, master=master)


def throughput(home, work, options):
    """Predicts the same rows in turns: the plain verb, and Spark on as many cores."""
    paths = write_rows(home, work / "rows", options.rows)
    fewer = max(1, round(len(paths) * options.cluster_share))
    model = home / "savedmodel/mobilenetv2-32"
    whole = joined(work / f"{options.rows}.csv", paths)
    environment = check_submit.environment()

    def plain():
        output = work / "plain.csv"
        command = ["predict", "--model", model, "--data", whole, "--output", output]
        return watched([home / "scripts/virus-mnist", *command], work / "throughput.log")

    def spark(master, files):
        output = work / f"out-{time.time_ns()}"
        words = ["--model", model, "--data", listed(files), "--output", output]
        command = spark_command(home, master, words)
        return watched(command, work / "throughput.log", **environment)

    once = {
        f"local-cluster[{executors},1,2048]": spark(
            f"local-cluster[{executors},1,2048]", paths[:fewer]
        )
        for executors in (1, 2)
    }
    contenders = {"plain": plain, LOCAL: lambda: spark(LOCAL, paths)}
    values: dict[str, list] = {name: [] for name in contenders}
    for name, value in turns(contenders, options.rounds):
        values[name].append(value)
        print(name, value, flush=True)
    return report(options, values, once, sum(rows_of(path) for path in paths[:fewer]))


def rows_of(path: pathlib.Path) -> int:
    return int(path.stem.split("-")[1])


def joined(target: pathlib.Path, paths) -> pathlib.Path:
    """One file for the plain verb, which reads one."""
    if not target.is_file():
        unfinished = target.with_suffix(".part")
        with unfinished.open("wb") as out:
            for number, path in enumerate(paths):
                with path.open("rb") as rows:
                    header = rows.readline()
                    out.write(header if number == 0 else b"")
                    while block := rows.read(1 << 24):
                        out.write(block)
        unfinished.replace(target)
    return target


def listed(paths) -> str:
    """A glob that names these files."""
    return f"{paths[0].parent}/{{{','.join(path.name for path in paths)}}}"


def report(options, values, once, cluster_rows):
    """Medians and ratios, as rows of a table."""
    load = os.getloadavg()[0]
    medians = {
        key: {name: summarize([one[key] for one in all_]) for name, all_ in values.items()}
        for key in ("seconds", "cpu_seconds")
    }
    print(f"\n| {options.rows:,} rows, load average at the end {load:.1f} | seconds | rows/s |")
    for name, summary in medians["seconds"].items():
        print(f"| {name} | {summary.median:.1f} | {options.rows / summary.median:,.0f} |")
    for name, value in once.items():
        rate = cluster_rows / value["seconds"]
        print(f"| {name}, {cluster_rows:,} rows | {value['seconds']:.1f} | {rate:,.0f} |")
    ratios = {key: medians[key]["plain"].median / medians[key][LOCAL].median for key in medians}
    print(f"throughput per core against the plain verb: {ratios['seconds']:.2f} of wall time,")
    print(f"{ratios['cpu_seconds']:.2f} of processor time; wanted 0.85")
    return {
        "rows": options.rows,
        "load": load,
        "runs": values,
        "clusters": {"rows": cluster_rows, **once},
        "ratios": ratios,
    }


def main():
    """Parses and runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=pathlib.Path)
    parser.add_argument("what", choices=("train", "throughput"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--heap", default="2g")
    parser.add_argument("--cluster-share", type=float, default=0.5)
    options = parser.parse_args()
    home = options.home.resolve()
    work = home / "target/scale"
    work.mkdir(parents=True, exist_ok=True)
    result = {"train": train, "throughput": throughput}[options.what](home, work, options)
    target = work / f"{options.what}.json"
    target.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
