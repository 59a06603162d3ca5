"""``scripts/virus-mnist`` chooses the native build; Maven, Java and driver are stand-ins."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import HOME

REAL_DRIVER = Path("/proc/driver/nvidia/version")
TOOLS = [
    *("bash", "cat", "dirname", "find", "grep", "gzip", "head", "mkdir", "mktemp", "mv", "rm"),
    *("sed", "sh", "touch", "tr", "wc"),
]
MVN = """
echo "$@" >>"$LOG"
case " $* " in
  *" -Pgpu "*) name=classpath-gpu.txt ;;
  *" -Pgpu-system-cuda "*) name=classpath-gpu-system-cuda.txt ;;
  *) name=classpath.txt ;;
esac
touch "$TARGET/virus-mnist-0.1.0.jar"
echo "jars-of-$name" >"$TARGET/$name"
sleep 0.02 # what is written next is newer by the clock of every file system
"""
JAVA = """
shared=none
while [ "$1" != -cp ]; do
  case $1 in
    -XX:ArchiveClassesAtExit=*) echo archive >>"$LOG.archives"; eval "$ARCHIVE" ;;
    -XX:SharedArchiveFile=*) shared=${1##*/} ;;
  esac
  shift
done
echo "$2" | sed 's/.*://'
classes=${2%%:*}
shift 3
echo "arguments $*"
echo "order ${CUDA_DEVICE_ORDER:-none}"
echo "shared $shared of ${classes##*/}"
"""
ARCHIVE = 'echo classes >"${1#*=}"; sleep 0.02'


class Launcher:
    """A copy of the launcher in a repository without sources, with stand-ins on its path."""

    def __init__(self, folder):
        self.home = folder / "repository"
        self.tools = folder / "tools"
        self.log = folder / "mvn.log"
        for directory in ("scripts", "target", "src/main"):
            (self.home / directory).mkdir(parents=True)
        self.tools.mkdir()
        (self.home / "pom.xml").write_text("<project/>")
        for script in ("virus-mnist", "launching.sh"):
            shutil.copy(HOME / "scripts" / script, self.home / "scripts")
        for name in [*TOOLS, "sleep"]:
            (self.tools / name).symlink_to(shutil.which(name))
        self.tool("mvn", MVN)
        self.tool("java", JAVA)
        self.tool("uname", "[ $1 = -s ] && echo Linux || echo x86_64")
        self.tool("ldconfig", ":")

    def tool(self, name, text):
        file = self.tools / name
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)

    def with_driver(self):
        self.tool("ldconfig", "echo '\tlibcuda.so.1 (libc6,x86-64) => /usr/lib/libcuda.so.1'")
        return self

    def run(self, *arguments, **environment):
        own = {
            "PATH": str(self.tools),
            "HOME": str(self.home),
            "LOG": str(self.log),
            "ARCHIVE": ARCHIVE,
        }
        return subprocess.run(
            [self.home / "scripts" / "virus-mnist", *arguments],
            env={**own, "TARGET": str(self.home / "target"), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def class_path(self, *arguments, **environment):
        return self.run(*arguments, **environment).stdout.splitlines()[0]


@pytest.fixture
def launcher(tmp_path):
    return Launcher(tmp_path)


needs_no_driver = pytest.mark.skipif(REAL_DRIVER.exists(), reason="this machine has a driver")


@needs_no_driver
def test_a_machine_without_a_driver_gets_the_cpu_build(launcher):
    result = launcher.run("train", "--device", "gpu")
    assert result.stdout.splitlines()[:3] == [
        "jars-of-classpath.txt",
        "arguments train --device gpu",
        "order none",
    ]
    assert "the first time downloads about 170 MB" in result.stderr


def test_a_driver_gets_the_gpu_build_and_says_once_what_it_costs(launcher):
    launcher.with_driver()
    first = launcher.run("train")
    assert first.stdout.splitlines()[:3] == [
        "jars-of-classpath-gpu.txt",
        "arguments train",
        "order PCI_BUS_ID",
    ]
    assert "Maven downloads 2.6 GB, once" in first.stderr
    assert "VIRUS_MNIST_DEVICE=cpu or --device cpu says no" in first.stderr
    assert launcher.run("train").stderr == ""
    assert len(launcher.log.read_text().splitlines()) == 1


def test_nvidia_smi_alone_is_a_driver_too(launcher):
    launcher.tool("nvidia-smi", ":")
    assert launcher.class_path("predict") == "jars-of-classpath-gpu.txt"


def test_a_long_list_of_libraries_hides_no_driver(launcher):
    others = "echo '\tlibother.so.1 (libc6,x86-64) => /usr/lib/libother.so.1'"
    launcher.tool(
        "ldconfig",
        "echo libcuda.so.1; i=0; while [ $i -lt 2000 ]; do " + others + "; i=$((i + 1)); done",
    )
    assert launcher.class_path("predict") == "jars-of-classpath-gpu.txt"


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["train", "--device", "cpu"], {}),
        (["train", "--device=CPU"], {}),
        (["train"], {"VIRUS_MNIST_DEVICE": "cpu"}),
        (["inspect", "data.csv"], {}),
        (["report", "runs/1"], {}),
        (["--help"], {}),
        ([], {}),
    ],
)
def test_who_wants_no_gpu_downloads_no_cuda(launcher, arguments, environment):
    assert launcher.with_driver().class_path(*arguments, **environment) == "jars-of-classpath.txt"


def test_the_command_line_outweighs_the_environment(launcher):
    launcher.with_driver()
    assert (
        launcher.class_path("train", "--device", "auto", VIRUS_MNIST_DEVICE="cpu")
        == "jars-of-classpath-gpu.txt"
    )


def test_the_builds_keep_their_class_paths_apart(launcher):
    launcher.with_driver()
    for _ in range(2):
        assert launcher.class_path("train") == "jars-of-classpath-gpu.txt"
        assert launcher.class_path("train", "--device", "cpu") == "jars-of-classpath.txt"
        assert (
            launcher.class_path("train", VIRUS_MNIST_BUILD="gpu-system-cuda")
            == "jars-of-classpath-gpu-system-cuda.txt"
        )
    assert len(launcher.log.read_text().splitlines()) == 3


@pytest.mark.parametrize("machine", ["Linux aarch64", "Darwin arm64"])
def test_other_systems_have_no_gpu_build(launcher, machine):
    system, processor = machine.split()
    launcher.with_driver().tool("uname", f"[ $1 = -s ] && echo {system} || echo {processor}")
    assert launcher.class_path("train") == "jars-of-classpath.txt"


def test_an_unknown_build_is_refused(launcher):
    result = launcher.run("train", VIRUS_MNIST_BUILD="rocm")
    assert result.returncode == 1
    assert result.stderr == (
        "virus-mnist: VIRUS_MNIST_BUILD is 'rocm', expected cpu, gpu or gpu-system-cuda.\n"
    )


def shared(result):
    return result.stdout.splitlines()[-1]


def archives(launcher):
    log = launcher.log.with_name("mvn.log.archives")
    return len(log.read_text().splitlines()) if log.exists() else 0


@needs_no_driver
def test_classes_are_shared_out_of_an_archive_that_is_made_once_a_build(launcher):
    for _ in range(2):
        result = launcher.run("train")
        assert shared(result) == "shared classes-cpu.jsa of virus-mnist-0.1.0.jar"
    assert archives(launcher) == 1
    (launcher.home / "target" / "classpath.txt").touch()
    launcher.run("train")
    assert archives(launcher) == 2


@needs_no_driver
def test_what_cannot_be_archived_is_run_from_the_classes_and_not_tried_again(launcher):
    for _ in range(2):
        result = launcher.run("train", ARCHIVE="exit 1")
        assert shared(result) == "shared none of classes"
        assert result.returncode == 0
    assert archives(launcher) == 1


@needs_no_driver
def test_an_archive_that_was_cut_off_is_not_given_to_java(launcher):
    launcher.run("train")
    archive = launcher.home / "target" / "classes-cpu.jsa"
    archive.write_text("clas")
    assert shared(launcher.run("train")) == "shared none of classes"


def everything(launcher, java, file):
    """What a command and its filter leave in a regular file, when both have ended."""
    launcher.run("--version")  # builds
    launcher.tool("java", java)
    done, held = os.pipe()
    with file.open("w") as stderr:
        subprocess.run(
            [launcher.home / "scripts" / "virus-mnist", "predict"],
            env={"PATH": str(launcher.tools), "HOME": str(launcher.home)},
            stdout=stderr,
            stderr=stderr,
            pass_fds=[held],
            check=True,
        )
    os.close(held)
    assert os.read(done, 1) == b""  # nobody holds the other end any more
    os.close(done)
    return file.read_text()


CHATTER = """
echo "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR" >&2
echo "I0000 00:00:1795672740.944160 26395 mlir_graph_optimization_pass.cc:401] MLIR" >&2
echo "virus-mnist: a.exe: no such file" >&2
echo result
"""


@needs_no_driver
def test_a_regular_file_gets_messages_without_the_chatter_of_tensorflow(launcher, tmp_path):
    said = everything(launcher, CHATTER, tmp_path / "said")
    assert sorted(said.splitlines()) == ["result", "virus-mnist: a.exe: no such file"]


LOCALE = """
case "$1 ${LC_ALL:-}" in
  "charmap C.UTF-8") echo UTF-8 ;;
  charmap*) echo "$CHARMAP" ;;
  *) echo "$LOCALES" ;;
esac
"""


@needs_no_driver
@pytest.mark.parametrize(
    ("charmap", "locales", "expected"),
    [
        ("ANSI_X3.4-1968", "C\nC.utf8\nPOSIX", "C.UTF-8"),
        ("US-ASCII", "C\nC.UTF-8", "C.UTF-8"),
        ("ANSI_X3.4-1968", "C\nPOSIX", "none"),
        ("UTF-8", "C\nC.utf8", "none"),
        ("ISO-8859-1", "C\nC.utf8", "none"),
    ],
)
def test_java_reads_file_names_as_utf8_where_the_locale_is_ascii(
    launcher, charmap, locales, expected
):
    launcher.tool("locale", LOCALE)
    launcher.tool("java", "echo ${LC_ALL:-none}")
    result = launcher.run("predict", CHARMAP=charmap, LOCALES=locales)
    assert result.stdout.splitlines()[-1] == expected
