"""A pair of CSV files of the size and shape of Virus-MNIST, the same for the same seed.

Virus-MNIST itself may not be passed on, so rows are made from those of ``data/``: a row of the
sample, drawn with replacement, keeps its label and its first bytes, and from a random place on its
bytes are replaced by random ones. Real headers end in zeros and text, code and packed data look
random; half and half, a row takes about 3.1 kB, between 2.5 kB of the sample and 3.7 kB of noise.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np

ROWS = {"train": 48_422, "test": 3_458}
PIXELS = 1024
SEED = 42
CELLS = [str(value) for value in range(256)]
HEADER = ",".join(["label", *(f"pixel{i}" for i in range(1, PIXELS + 1)), "hash"])


def write_pair(sample: Path, folder: Path, seed: int = SEED) -> dict[str, Path]:
    """Writes ``train.csv`` and ``test.csv`` into ``folder``, unless they are there already."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for index, (name, rows) in enumerate(ROWS.items()):
        paths[name] = folder / f"{name}-{rows}-seed{seed}.csv"
        if not paths[name].is_file():
            labels, pixels = read_sample(sample / f"{name}.csv.gz")
            write(paths[name], *mutate(labels, pixels, rows, np.random.default_rng([seed, index])))
    return paths


def read_sample(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Labels int [N] and bytes uint8 [N,1024] of a Virus-MNIST CSV."""
    with gzip.open(path, "rt", encoding="ascii", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    cells = np.array([row[: PIXELS + 1] for row in rows]).astype(np.int16)
    return cells[:, 0], cells[:, 1:].astype(np.uint8)


def mutate(labels, pixels, rows: int, random: np.random.Generator):
    """Draws ``rows`` rows; each is random from some column on."""
    drawn = random.integers(len(labels), size=rows)
    kept = random.integers(PIXELS + 1, size=(rows, 1))
    noise = random.integers(256, size=(rows, PIXELS), dtype=np.uint8)
    mixed = np.where(np.arange(PIXELS) < kept, pixels[drawn], noise)
    hashes = [random.bytes(16).hex() for _ in range(rows)]
    return labels[drawn], mixed, hashes


def write(path: Path, labels, pixels, hashes) -> None:
    """Writes a CSV; ``path`` appears when it is complete."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="ascii", newline="\n") as out:
        out.write(HEADER + "\n")
        for label, row, digest in zip(labels, pixels, hashes):
            cells = ",".join([CELLS[value] for value in row.tobytes()])
            out.write(f"{label},{cells},{digest}\n")
    unfinished.replace(path)
