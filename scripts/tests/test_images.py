"""``images`` against a second parser and a second scaler: pefile, Pillow and hashlib.

The executables are real ones that Python packages bring along: the launchers of setuptools and
pip, for 32-bit, 64-bit and ARM64 Windows.
"""

import csv
import hashlib
import io
import subprocess
import sysconfig
from pathlib import Path

import numpy as np
import pefile
import pytest
from PIL import Image

HOME = Path(__file__).resolve().parent.parent.parent
PACKAGES = Path(sysconfig.get_paths()["purelib"])
WIDTHS = [(10, 32), (30, 64), (60, 128), (100, 256), (200, 384), (500, 512), (1000, 768)]


@pytest.fixture(scope="module")
def executables(tmp_path_factory):
    """A folder of real executables, some of them longer and shorter than they came."""
    folder = tmp_path_factory.mktemp("executables")
    found = sorted([*PACKAGES.glob("setuptools/*.exe"), *PACKAGES.glob("pip/**/*.exe")])
    assert len(found) >= 6, f"no launchers below {PACKAGES}"
    for number, file in enumerate(found):
        # Bytes behind the sections are part of the file: they reach every width of the table.
        extra = np.random.default_rng(number).bytes((1 << number) * 1000)
        (folder / f"{number:02}-{file.name}").write_bytes(file.read_bytes() + extra)
    cut = found[0].read_bytes()
    (folder / "cut.exe").write_bytes(cut[: len(cut) // 2])
    (folder / "text.txt").write_text("MZ is not enough")
    return folder


def header(data: bytes) -> bytes:
    return data[:1024].ljust(1024, b"\0")


def code(data: bytes) -> bytes:
    parsed = pefile.PE(data=data, fast_load=True)
    section = parsed.get_section_by_rva(parsed.OPTIONAL_HEADER.AddressOfEntryPoint)
    return section.get_data(length=1024)[:1024].ljust(1024, b"\0")


def thumbnail(data: bytes) -> bytes:
    width = next((width for limit, width in WIDTHS if len(data) < limit * 1024), 1024)
    height = -(-len(data) // width)
    picture = np.frombuffer(data.ljust(width * height, b"\0"), np.uint8).reshape(height, width)
    return Image.fromarray(picture).resize((32, 32), Image.Resampling.NEAREST).tobytes()


@pytest.mark.parametrize(
    ("recipe", "digest"), [(header, "md5"), (code, "sha256"), (thumbnail, "md5")]
)
def test_pixels_and_hashes_equal_a_second_implementation(executables, recipe, digest, tmp_path):
    output = tmp_path / "images.csv"
    command = [HOME / "scripts" / "virus-mnist", "images", executables, "--output", output]
    command += ["--recipe", recipe.__name__, "--hash", digest]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    files = [Path(row["file"]) for row in rows(tmp_path / "images.files.csv")]
    assert files == sorted(executables.glob("[0-9]*.exe"))
    for file, row in zip(files, rows(output), strict=True):
        data = file.read_bytes()
        pixels = bytes(int(row[f"pixel{i}"]) for i in range(1, 1025))
        assert pixels == recipe(data), file.name
        assert row["hash"] == hashlib.new(digest, data).hexdigest()
    assert [(Path(row["file"]).name, row["reason"][:12]) for row in skipped(tmp_path)] == [
        ("cut.exe", "is cut off: "),
        ("text.txt", "is cut off w"),
    ]


def skipped(folder: Path) -> list[dict]:
    return rows(folder / "images.skipped.csv")


def rows(file: Path) -> list[dict]:
    return list(csv.DictReader(io.StringIO(file.read_text())))
