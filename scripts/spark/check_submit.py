"""Runs the batch verbs through spark-submit and compares them with the plain verbs.

Usage: check_submit.py HOME [MODEL], from scripts/spark/check. Prints a line for each check and
ends with exit code 1 at the first that fails.
"""

import os
import pathlib
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time

import pandas
import pyspark

LOCAL = "local[2]"
CLUSTER = "local-cluster[2,1,2048]"
TASKS = 40
EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend"


def command(home, verb, *options, master, conf=()):
    """The command line of a verb under spark-submit."""
    jars = ",".join(str(jar) for jar in sorted((home / "target/spark/lib").glob("*.jar")))
    settings = [word for setting in conf for word in ("--conf", setting)]
    words = [
        spark_home() / "bin/spark-submit",
        *("--master", master, "--jars", jars, *settings),
        *("--class", "org.virusmnist.cli.SparkMain"),
        next((home / "target/spark").glob("virus-mnist-*.jar")),
        *(verb, *options),
    ]
    return [str(word) for word in words]


def spark_home():
    """The Spark that the package pyspark brings."""
    return pathlib.Path(pyspark.__file__).parent


def environment():
    """What spark-submit needs besides."""
    return {"SPARK_HOME": str(spark_home()), "TF_CPP_MIN_LOG_LEVEL": "2"}


def submit(home, verb, *options, master, conf=()):
    """Starts a verb through spark-submit; its output is a pipe."""
    return subprocess.Popen(
        command(home, verb, *options, master=master, conf=conf),
        env={**os.environ, **environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process):
    """Waits for a verb that must succeed."""
    out, err = process.communicate()
    if process.returncode != 0:
        sys.exit(f"exit code {process.returncode}\n{out}\n{err[-4000:]}")
    return out, err


def require_equal(plain, output):
    """Compares predictions with those of the plain verb, row for row."""
    expected = pandas.read_csv(plain)
    found = pandas.read_parquet(output).sort_values("row").reset_index(drop=True)
    if list(found.columns) != list(expected.columns):
        sys.exit(f"{output}: columns {list(found.columns)}")
    if not found["row"].equals(expected["row"]):
        sys.exit(f"{output}: {len(found)} rows, {found['row'].nunique()} of them different")
    same = ["hash", "label", "predicted"]
    if not (found[same].to_numpy() == expected[same].to_numpy()).all():
        sys.exit(f"{output}: hashes, labels or classes differ")
    columns = [name for name in expected.columns if name.startswith("p") and name != "predicted"]
    largest = float((found[columns] - expected[columns]).abs().to_numpy().max())
    if largest > 1e-6:
        sys.exit(f"{output}: probabilities differ by {largest}")
    return largest


def check_predictions(home, model, work):
    """The same rows whatever the master and the number of tasks."""
    plain = work / "plain.csv"
    data = home / "data/test.csv.gz"
    subprocess.run(
        [home / "scripts/virus-mnist", "predict", "--model", model, "--data", data]
        + ["--output", plain],
        check=True,
    )
    for master in (LOCAL, CLUSTER):
        for partitions in (1, 2, 7):
            output = work / f"{master.split('[')[0]}-{partitions}"
            options = ("--model", model, "--data", data, "--output", output)
            finished(submit(home, "predict", *options, "--partitions", partitions, master=master))
            largest = require_equal(plain, output)
            print(f"ok  predict, {master}, {partitions} partitions: differs by {largest:.1e}")
    return plain


def executors_of(process):
    """Process ids of a job's executors; of no other job's."""
    ours = ["pgrep", "-P", str(process.pid), "-f", EXECUTOR]
    return [int(pid) for pid in subprocess.run(ours, capture_output=True, text=True).stdout.split()]


def kill_an_executor(process, output, killed):
    """Kills an executor of a job when some of its tasks are done and others are not."""
    done = f"_{output.name}.unfinished-*/table/_temporary/0/task_*/part-*"
    executors = []
    while process.poll() is None:
        if len(executors) < 2:
            executors = executors_of(process)
        tasks = len(list(output.parent.glob(done)))
        if len(executors) >= 2 and tasks >= 5:
            os.kill(executors[0], signal.SIGKILL)
            killed.append(tasks)
            return
        time.sleep(0.02)


def check_killed_executor(home, model, work, plain):
    """A lost executor costs its tasks alone."""
    output = work / "killed"
    options = ("--model", model, "--data", home / "data/test.csv.gz", "--output", output)
    process = submit(home, "predict", *options, "--partitions", TASKS, master=CLUSTER)
    killed = []
    killer = threading.Thread(target=kill_an_executor, args=(process, output, killed))
    killer.start()
    _, err = finished(process)
    killer.join()
    if not killed or killed[0] > TASKS - 10:
        sys.exit(f"no executor was killed between 5 and {TASKS - 10} tasks: {killed}")
    if "Lost executor" not in err:
        sys.exit(f"Spark lost no executor\n{err[-4000:]}")
    require_equal(plain, output)
    print(
        f"ok  predict, executor killed after {killed[0]} of {TASKS} tasks: complete, no row twice"
    )


def executable(number):
    """A small executable of 64 bits: headers and a section."""
    data = bytearray(2048)
    data[:2] = b"MZ"
    struct.pack_into("<I", data, 60, 0xC0)
    struct.pack_into("<4sHH", data, 0xC0, b"PE", 0x8664, 1)
    struct.pack_into("<H", data, 0xC0 + 20, 240)
    struct.pack_into("<H", data, 0xC0 + 24, 0x20B)
    struct.pack_into("<I", data, 0xC0 + 24 + 16, 0x1010)
    struct.pack_into("<I", data, 0xC0 + 24 + 60, 0x400)
    struct.pack_into("<I", data, 0xC0 + 24 + 108, 16)
    section = (b".text", 0x200, 0x1000, 0x200, 0x400)
    struct.pack_into("<8sIIII", data, 0xC0 + 24 + 240, *section)
    struct.pack_into("<I", data, 0x400, number)
    return bytes(data)


def write_samples(work):
    """Executables of two classes, among them names that Hadoop would hide, and what is none."""
    samples = work / "samples"
    for number, name in enumerate(
        ("worm/a.exe", "worm/_b.exe", "trojan/2020/.c.exe", "trojan/x:d")
    ):
        file = samples / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(executable(number))
    (samples / "worm/notes.txt").write_text("no executable")
    (work / "names.csv").write_text("label,name\n0,trojan\n1,worm\n")
    return samples


def check_images(home, work):
    """Executables are drawn as by the plain verb, from where only the job's settings lead too."""
    samples = write_samples(work)
    plain = work / "images.csv"
    names = ("--class-names", work / "names.csv")
    subprocess.run(
        [home / "scripts/virus-mnist", "images", samples, *names, "--output", plain],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    expected = sorted(pandas.read_csv(plain)[["hash", "label"]].itertuples(index=False, name=None))
    link = "spark.hadoop.fs.viewfs.mounttable.work.link./worm"
    mounted = {"viewfs://work/worm": (f"{link}={(samples / 'worm').as_uri()}",)}
    for master in (LOCAL, CLUSTER):
        for source, conf in ((samples, ()), *mounted.items()):
            output = work / f"images-{master.split('[')[0]}{len(conf)}"
            options = (source, *names, "--output", output)
            finished(submit(home, "images", *options, master=master, conf=conf))
            found = pandas.read_parquet(output)[["hash", "label"]]
            rows = sorted(found.itertuples(index=False, name=None))
            if rows != expected if not conf else len(rows) != 2:
                sys.exit(f"{output}: differs from the plain verb: {rows}")
            print(f"ok  images, {master}, {source if conf else 'a local directory'}")


def check_gpu(home, model, work):
    """The GPU that a discovery script names is the one that is asked for."""
    script = work / "gpus"
    script.write_text('#!/bin/sh\necho \'{"name": "gpu", "addresses": ["3"]}\'\n')
    script.chmod(0o755)
    conf = (
        "spark.worker.resource.gpu.amount=1",
        f"spark.worker.resource.gpu.discoveryScript={script}",
        "spark.executor.resource.gpu.amount=1",
        f"spark.executor.resource.gpu.discoveryScript={script}",
        "spark.task.resource.gpu.amount=1",
    )
    options = ("--model", model, "--data", home / "data/test.csv.gz", "--output", work / "gpu")
    process = submit(home, "predict", "--device", "gpu", *options, master=CLUSTER, conf=conf)
    _, err = process.communicate()
    if process.returncode == 0:
        print("ok  predict on a GPU of Spark's")
    elif "--device gpu:3" in err:
        print("ok  Spark's GPU 3 is asked for, and missing on this machine")
    else:
        sys.exit(f"exit code {process.returncode}\n{err[-4000:]}")


def main():
    """Runs all checks."""
    home = pathlib.Path(sys.argv[1])
    model = sys.argv[2] if len(sys.argv) > 2 else home / "savedmodel/mobilenetv2-32"
    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory)
        plain = check_predictions(home, model, work)
        check_killed_executor(home, model, work, plain)
        check_images(home, work)
        check_gpu(home, model, work)


if __name__ == "__main__":
    main()
