#!/usr/bin/env python3
"""Makes rows of data/ again out of the packages they came from, and compares every pixel.

    python scripts/rebuild_rows.py pycryptodome==4.4.0 numpy==2.4.6

``data/sources.csv.gz`` names package, version and path of every row. Packages are downloaded from
the package index as wheels for Windows, unpacked, never installed or run, and drawn with
``virus-mnist images --recipe header``. Rows are found again by their MD5.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
DATA = HOME / "data"
PLATFORMS = ["win_amd64", "win32", "win_arm64"]


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit code: 0 when every row is equal."""
    parser = argparse.ArgumentParser(description="Rebuild rows of data/ from their packages.")
    parser.add_argument("packages", nargs="+", metavar="NAME==VERSION", help="as in sources.csv.gz")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for package in options.packages:
            download(package, Path(folder) / package)
        rebuilt = draw(Path(folder))
    wanted = rows_of(options.packages)
    known = {row["hash"]: row for row in data_rows() if row["hash"] in wanted}
    found = [digest for digest in known if digest in rebuilt]
    differing = [digest for digest in found if pixels(known[digest]) != rebuilt[digest]]
    print(f"{len(found)} of {len(wanted)} rows rebuilt, {len(differing)} of them differ")
    for digest in differing:
        print(f"differs: {digest} {wanted[digest]}", file=sys.stderr)
    return 0 if found and not differing else 1


def download(package: str, folder: Path) -> None:
    """Unpacks every Windows wheel of a package that the index has, below a folder."""
    for platform in PLATFORMS:
        wheels = folder / platform
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(wheels)]
        command += ["--only-binary=:all:", "--python-version=3.11", f"--platform={platform}"]
        done = subprocess.run([*command, package], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{package}: no wheel for {platform}", file=sys.stderr)
        for wheel in wheels.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(wheels / "files")


def draw(folder: Path) -> dict[str, list[str]]:
    """The pixels of every executable below a folder, by its MD5."""
    output = folder / "rebuilt.csv"
    command = [HOME / "scripts" / "virus-mnist", "images", folder, "--recipe", "header"]
    subprocess.run([*command, "--output", output, "--quiet"], check=True, stdout=sys.stderr)
    with output.open(newline="") as lines:
        return {row["hash"]: pixels(row) for row in csv.DictReader(lines)}


def rows_of(packages: list[str]) -> dict[str, str]:
    """Path by MD5 of the rows that came from some packages."""
    with gzip.open(DATA / "sources.csv.gz", "rt", newline="") as lines:
        return {
            row["hash"]: row["path"]
            for row in csv.DictReader(lines)
            if f"{row['package']}=={row['version']}" in packages
        }


def data_rows() -> Iterator[dict[str, str]]:
    """The rows of both files of data/."""
    for name in ("train", "test"):
        with gzip.open(DATA / f"{name}.csv.gz", "rt", newline="") as lines:
            yield from csv.DictReader(lines)


def pixels(row: dict[str, str]) -> list[str]:
    """The 1,024 pixel cells of a row."""
    return [row[f"pixel{i}"] for i in range(1, 1025)]


if __name__ == "__main__":
    sys.exit(main())
