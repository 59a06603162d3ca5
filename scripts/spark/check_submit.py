"""Runs the batch verbs through spark-submit and compares them with the plain verbs.

Usage: check_submit.py HOME [MODEL], from scripts/spark/check. Prints a line for each check and
ends with exit code 1 at the first that fails.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pandas
import pyspark

LOCAL = "local[2]"
CLUSTER = "local-cluster[2,1,2048]"
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
    return out


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


def kill_an_executor(process, killed):
    """Kills the first executor of a job that has worked for a while; no other job's."""
    while process.poll() is None and not killed:
        ours = ["pgrep", "-P", str(process.pid), "-f", EXECUTOR]
        listing = subprocess.run(ours, capture_output=True, text=True)
        executors = [int(pid) for pid in listing.stdout.split()]
        if len(executors) >= 2:
            time.sleep(6)
            os.kill(executors[0], signal.SIGKILL)
            killed.append(executors[0])
        time.sleep(0.2)


def check_killed_executor(home, model, work, plain):
    """A lost executor costs its tasks alone."""
    output = work / "killed"
    options = ("--model", model, "--data", home / "data/test.csv.gz", "--output", output)
    process = submit(home, "predict", *options, "--partitions", 40, master=CLUSTER)
    killed = []
    killer = threading.Thread(target=kill_an_executor, args=(process, killed))
    killer.start()
    finished(process)
    killer.join()
    if not killed:
        sys.exit("no executor was killed")
    require_equal(plain, output)
    print("ok  predict with an executor killed: complete, no row twice")


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
        check_gpu(home, model, work)


if __name__ == "__main__":
    main()
