"""``scripts/virus-mnist`` chooses the native build; Maven, Java and driver are stand-ins."""

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import HOME

REAL_DRIVER = Path("/proc/driver/nvidia/version")
TOOLS = ["bash", "cat", "dirname", "find", "grep", "mkdir", "rm", "sh", "tr"]
MVN = """
echo "$@" >>"$LOG"
case " $* " in
  *" -Pgpu "*) name=classpath-gpu.txt ;;
  *" -Pgpu-system-cuda "*) name=classpath-gpu-system-cuda.txt ;;
  *) name=classpath.txt ;;
esac
echo "jars-of-$name" >"$TARGET/$name"
"""
JAVA = """
while [ "$1" != -cp ]; do shift; done
echo "$2" | sed 's/.*://'
shift 3
echo "arguments $*"
echo "order ${CUDA_DEVICE_ORDER:-none}"
"""


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
        shutil.copy(HOME / "scripts" / "virus-mnist", self.home / "scripts")
        for name in [*TOOLS, "sed"]:
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
        own = {"PATH": str(self.tools), "HOME": str(self.home), "LOG": str(self.log)}
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
    assert result.stdout.splitlines() == [
        "jars-of-classpath.txt",
        "arguments train --device gpu",
        "order none",
    ]
    assert "the first time downloads about 170 MB" in result.stderr


def test_a_driver_gets_the_gpu_build_and_says_once_what_it_costs(launcher):
    launcher.with_driver()
    first = launcher.run("train")
    assert first.stdout.splitlines() == [
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
