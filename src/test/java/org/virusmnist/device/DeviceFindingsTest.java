package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.device.Finding.Status;

/** What doctor says of machines that are broken in one way each. */
class DeviceFindingsTest {
  private static final NativeBuild GPU_BUILD = new NativeBuild(List.of("linux-x86_64-gpu"), null);

  private static List<Finding> findings(FakeMachine machine, String request) throws IOException {
    DevicePlanner planner = new DevicePlanner(machine, GPU_BUILD, Path.of("/cache"));
    return DeviceFindings.of(
        machine, GPU_BUILD, planner, planner.plan(DeviceRequest.parse(request)));
  }

  private static List<Finding> notOk(FakeMachine machine) throws IOException {
    return findings(machine, "auto").stream()
        .filter(finding -> finding.status() == Status.NOT_OK)
        .toList();
  }

  private static FakeMachine whole(String driver) {
    return FakeMachine.withDriver(driver)
        .withCuda()
        .smi(0, FakeMachine.SMI_LINE.formatted(0, 0, driver));
  }

  @Test
  void areAllOkOnAWholeMachine() throws IOException {
    List<Finding> findings = findings(whole("550.54.15"), "gpu");

    assertThat(findings).allMatch(finding -> finding.status() == Status.OK);
    assertThat(findings)
        .hasSize(4 + CudaLibrary.IN_LOAD_ORDER.size())
        .contains(
            Finding.ok(
                "driver",
                "/usr/lib/x86_64-linux-gnu/libcuda.so.1, version 550.54.15"
                    + " (from /proc/driver/nvidia/version)"),
            Finding.ok(
                "GPU 0",
                "NVIDIA H100 80GB HBM3, 81,559 MiB, compute capability 9.0, 80,994 MiB free"),
            Finding.ok("libcudnn.so.9", "/usr/lib/x86_64-linux-gnu/libcudnn.so.9, installed"));
  }

  @Test
  void needNothingOnAMachineWithoutADriverUnlessAGpuIsAskedFor() throws IOException {
    assertThat(findings(new FakeMachine(), "auto"))
        .noneMatch(finding -> finding.status() == Status.NOT_OK);
    assertThat(findings(new FakeMachine(), "cpu"))
        .noneMatch(finding -> finding.status() == Status.NOT_OK);
    assertThat(findings(new FakeMachine(), "gpu").get(0))
        .isEqualTo(
            Finding.notOk(
                "driver",
                "no NVIDIA driver: libcuda.so.1 is in none of the library directories",
                "On a machine with an NVIDIA GPU install its driver, 525.60.13 or newer."));
  }

  @Test
  void nameADriverThatIsTooOld() throws IOException {
    assertThat(notOk(whole("470.256.02")))
        .contains(
            Finding.notOk(
                "driver",
                "NVIDIA's driver is 470.256.02, expected 525.60.13 or newer for CUDA 12",
                "Update the driver."));
  }

  @Test
  void nameADriverThatCannotCompileForHopper() throws IOException {
    assertThat(notOk(whole("535.104.05")))
        .containsExactly(
            Finding.notOk(
                "GPU 0",
                "NVIDIA H100 80GB HBM3, 81,559 MiB, compute capability 9.0, 80,994 MiB free: the"
                    + " driver must compile TensorFlow's kernels for it from PTX 8.3, expected"
                    + " driver 545.23.06 or newer",
                "Update the driver."));
  }

  @Test
  void nameAGpuThatIsTooOld() throws IOException {
    FakeMachine machine =
        whole("550.54.15").smi(0, "0, Tesla M60, GPU-a, 8192, 8000, 5.2, 550.54.15\n");

    assertThat(notOk(machine))
        .containsExactly(
            Finding.notOk(
                "GPU 0",
                "Tesla M60, 8,192 MiB, compute capability 5.2, 8,000 MiB free: expected compute"
                    + " capability 6.0 or more",
                "Use --device cpu on this machine."));
  }

  @Test
  void judgeGpusThatAreUsedOnly() throws IOException {
    FakeMachine machine =
        whole("550.54.15")
            .smi(
                0,
                "0, Quadro M2000, GPU-a, 4096, 4000, 5.2, 550.54.15\n"
                    + FakeMachine.SMI_LINE.formatted(1, 1, "550.54.15"));

    assertThat(findings(machine, "gpu:1"))
        .noneMatch(finding -> finding.status() == Status.NOT_OK)
        .contains(
            Finding.notNeeded(
                "GPU 0",
                "Quadro M2000, 4,096 MiB, compute capability 5.2, 4,000 MiB free: expected compute"
                    + " capability 6.0 or more",
                "It is not used."));
    assertThat(findings(machine, "gpu"))
        .filteredOn(finding -> finding.status() == Status.NOT_OK)
        .extracting(Finding::subject, Finding::next)
        .containsExactly(tuple("GPU 0", "Use --device gpu:1."));
    assertThat(findings(machine.variable("CUDA_VISIBLE_DEVICES", "1"), "gpu"))
        .noneMatch(finding -> finding.status() == Status.NOT_OK);
  }

  @Test
  void nameAnEnvironmentThatNamesNoGpu() throws IOException {
    assertThat(notOk(whole("550.54.15").variable("CUDA_VISIBLE_DEVICES", "7")))
        .containsExactly(
            Finding.notOk(
                "CUDA_VISIBLE_DEVICES",
                "'7', which hides every GPU",
                "Unset it, or set it to the numbers of the GPUs to use."));
  }

  @Test
  void nameADriverThatWasUpdatedUnderARunningSystem() throws IOException {
    FakeMachine machine =
        whole("550.54.15").smi(18, "Failed to initialize NVML: Driver/library version mismatch\n");

    assertThat(notOk(machine))
        .containsExactly(
            Finding.notOk(
                "GPUs",
                "nvidia-smi says 'Failed to initialize NVML: Driver/library version mismatch'",
                "The driver was updated while the old one runs: restart the machine."));
  }

  @Test
  void nameAnEnvironmentThatHidesEveryGpu() throws IOException {
    assertThat(notOk(whole("550.54.15").variable("CUDA_VISIBLE_DEVICES", "")))
        .containsExactly(
            Finding.notOk(
                "CUDA_VISIBLE_DEVICES",
                "'', which hides every GPU",
                "Unset it, or set it to the numbers of the GPUs to use."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcufft.so.11",
        "libcusolver.so.11", "libcusparse.so.12", "libcudnn.so.9", "libcudnn_ops.so.9",
        "libcudnn_engines_precompiled.so.9", "libnvJitLink.so.12"
      })
  void nameEveryLibraryThatIsMissing(String soname) throws IOException {
    assertThat(notOk(whole("550.54.15").without(soname)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo(soname);
              assertThat(finding.detail()).isEqualTo("in none of the library directories");
              assertThat(finding.next()).contains("Maven profile gpu");
            });
  }

  @Test
  void nameLibrariesOfAnotherMajorVersion() throws IOException {
    FakeMachine machine =
        whole("550.54.15").without("libcudnn.so.9").file("/usr/lib64/libcudnn.so.8", "");

    assertThat(notOk(machine))
        .containsExactly(
            Finding.notOk(
                "libcudnn.so.9",
                "another version is there: /usr/lib64/libcudnn.so.8",
                "Install all of cuDNN 9 for CUDA 12, or build with the Maven profile gpu, which"
                    + " brings it along."));
  }
}
