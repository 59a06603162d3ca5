"""Measures training beyond memory, and the throughput of Spark against the plain verb.

Usage: measure.py HOME train|throughput|executors [--rows N] ..., from scripts/spark/measure. Prints
the rows of the tables of docs/scale.md and writes every value to target/scale/NAME.json.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

import check_submit
import numpy as np

from bench import data
from bench.statistics import summarize, turns

ROWS_PER_FILE = 62_500
SAMPLE_SECONDS = 0.25
LOCAL = "local[2]"
PLAIN = "plain"


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
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return {}  # it has ended
    found = dict(re.findall(r"^(VmRSS|RssAnon|RssFile):\s+(\d+) kB$", status, re.MULTILINE))
    return {name: int(kib) // 1024 for name, kib in found.items()}


def executor_pids() -> list[int]:
    """Process numbers of all of Spark's executors on this machine."""
    found = []
    for file in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if check_submit.EXECUTOR in file.read_text(encoding="utf-8", errors="replace"):
                found.append(int(file.parent.name))
        except OSError:
            pass  # it has ended
    return found


def raise_to(peaks: dict[str, int], values: dict[str, int], prefix: str = "") -> None:
    for name, mib in values.items():
        peaks[prefix + name] = max(peaks.get(prefix + name, 0), mib)


def watched(command, log, *, counts_executors=False, **environment):
    """Runs a command: seconds, processor seconds of it and its children, peaks of its memory.

    Of executors, where they count, the largest one's memory.
    """
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
            raise_to(peaks, memory(process.pid))
            for executor in executor_pids() if counts_executors else ():
                raise_to(peaks, memory(executor), "executor ")
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


def throughput(home, work, options):
    """Predicts the same rows in turns: the plain verb, and Spark on as many cores."""
    paths = write_rows(home, work / "rows", options.rows)
    whole = joined(work / f"{options.rows}.csv", paths)
    table = converted(home, work / f"{options.rows}.parquet", paths)
    words = ["predict", "--model", home / options.model, "--data"]
    log = work / "throughput.log"

    def plain():
        output = work / "plain.csv"
        return watched([home / "scripts/virus-mnist", *words, whole, "--output", output], log)

    def local(data_):
        launcher = [home / "scripts/virus-mnist", "spark", *words, data_, "--master", LOCAL]
        return watched([*launcher, "--output", work / f"out-{time.time_ns()}"], log)

    contenders = {
        PLAIN: plain,
        f"{LOCAL}, CSV": lambda: local(listed(paths)),
        f"{LOCAL}, Parquet": lambda: local(table),
    }
    values: dict[str, list] = {name: [] for name in contenders}
    for name, value in turns(contenders, options.rounds):
        values[name].append(value)
        print(name, value, flush=True)
    return report(options, values)


def clusters(home, work, options):
    """Predicts fewer rows with one executor and with two, each a process with one core."""
    paths = write_rows(home, work / "rows", options.rows)
    paths = paths[: max(1, round(len(paths) * options.cluster_share))]
    rows = sum(rows_of(path) for path in paths)
    values = {}
    for executors in (1, 2):
        output = work / f"out-{time.time_ns()}"
        words = ["--model", home / options.model, "--data", listed(paths), "--output", output]
        master = f"local-cluster[{executors},1,2048]"
        values[master] = watched(
            check_submit.command(home, "predict", *words, master=master),
            work / "executors.log",
            counts_executors=True,
            **check_submit.environment(),
        )
        print(master, f"{rows:,} rows", values[master], flush=True)
    return {"rows": rows, "model": options.model, "runs": values}


def converted(home, target: pathlib.Path, paths) -> pathlib.Path:
    """The rows as Parquet."""
    if not (target / "_SUCCESS").is_file():
        shutil.rmtree(target, ignore_errors=True)
        words = ["convert", "--data", listed(paths), "--output", target]
        watched([home / "scripts/virus-mnist", "spark", *words], target.parent / "convert.log")
    return target


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


def report(options, values):
    """Medians and ratios, as rows of a table."""
    load = os.getloadavg()[0]
    medians = {
        key: {name: summarize([one[key] for one in all_]) for name, all_ in values.items()}
        for key in ("seconds", "cpu_seconds")
    }
    print(f"\n| {options.rows:,} rows, load average at the end {load:.1f} | seconds | rows/s |")
    for name, summary in medians["seconds"].items():
        print(f"| {name} | {summary.median:.1f} | {options.rows / summary.median:,.0f} |")
    ratios = {
        name: {key: medians[key][PLAIN].median / medians[key][name].median for key in medians}
        for name in values
        if name != PLAIN
    }
    for name, ratio in ratios.items():
        print(
            f"{name}: {ratio['seconds']:.2f} of the plain verb's throughput by wall time, "
            f"{ratio['cpu_seconds']:.2f} by processor time; wanted 0.85"
        )
    return {
        "rows": options.rows,
        "load": load,
        "runs": values,
        "ratios": ratios,
    }


def main():
    """Parses and runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=pathlib.Path)
    parser.add_argument("what", choices=("train", "throughput", "executors"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--heap", default="2g")
    parser.add_argument("--cluster-share", type=float, default=0.5)
    parser.add_argument("--model", default="savedmodel/mobilenetv2-32")
    options = parser.parse_args()
    home = options.home.resolve()
    work = home / "target/scale"
    work.mkdir(parents=True, exist_ok=True)
    what = {"train": train, "throughput": throughput, "executors": clusters}[options.what]
    result = what(home, work, options)
    target = work / f"{options.what}.json"
    target.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
