package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided on machines of every kind; the whole reason is asserted, users read it. */
class DevicePlannerTest {
  private static final NativeBuild GPU_BUILD = new NativeBuild(List.of("linux-x86_64-gpu"), null);
  private static final NativeBuild CPU_BUILD = new NativeBuild(List.of("linux-x86_64"), null);

  private static DevicePlan plan(FakeMachine machine, NativeBuild build, String request)
      throws IOException {
    return new DevicePlanner(machine, build, Path.of("/cache")).plan(DeviceRequest.parse(request));
  }

  private static @Nullable String obstacle(FakeMachine machine) throws IOException {
    return obstacle(machine, GPU_BUILD, "auto");
  }

  private static @Nullable String obstacle(FakeMachine machine, NativeBuild build, String request)
      throws IOException {
    Obstacle obstacle = plan(machine, build, request).obstacle();
    return obstacle == null ? null : obstacle.toString();
  }

  private static FakeMachine whole() {
    return FakeMachine.withDriver("550.54.15").withCuda();
  }

  @Test
  void usesTheGpuWhereNothingIsWrong() throws IOException {
    DevicePlan plan = plan(whole(), GPU_BUILD, "auto");

    assertThat(plan.obstacle()).isNull();
    assertThat(plan.usesGpu()).isTrue();
    assertThat(plan.isRefused()).isFalse();
    assertThat(plan.libraries())
        .extracting(location -> location.library().soname())
        .containsExactlyElementsOf(
            CudaLibrary.IN_LOAD_ORDER.stream().map(CudaLibrary::soname).toList());
  }

  @Test
  void looksAtNothingForTheCpu() throws IOException {
    FakeMachine machine = whole();

    DevicePlan plan = plan(machine, GPU_BUILD, "cpu");

    assertThat(plan.usesGpu()).isFalse();
    assertThat(plan.obstacle()).isNull();
    assertThat(plan.libraries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "gpu"})
  void fallsBackOrRefusesForTheSameReason(String request) throws IOException {
    DevicePlan plan = plan(new FakeMachine(), GPU_BUILD, request);

    assertThat(plan.usesGpu()).isFalse();
    assertThat(plan.isRefused()).isEqualTo(request.equals("gpu"));
    assertThat(String.valueOf(plan.obstacle()))
        .isEqualTo(
            "no NVIDIA driver: libcuda.so.1 is in none of the library directories."
                + " On a machine with an NVIDIA GPU install its driver, 525.60.13 or newer.");
  }

  @Test
  void needsTheDriversLibraryBesideItsKernelModule() throws IOException {
    FakeMachine container = whole().without("libcuda.so.1");

    assertThat(obstacle(container))
        .isEqualTo(
            "the kernel has NVIDIA's driver 550.54.15, but its libcuda.so.1 is in none of the"
                + " library directories. In a container, start it with --gpus all; else install the"
                + " driver's libraries.");
  }

  @Test
  void needsADriverForCuda12() throws IOException {
    assertThat(obstacle(FakeMachine.withDriver("470.256.02").withCuda()))
        .isEqualTo(
            "NVIDIA's driver is 470.256.02, expected 525.60.13 or newer for CUDA 12."
                + " Update the driver.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "-1,0", "NoDevFiles", "none"})
  void seesThatTheEnvironmentHidesEveryGpu(String visible) throws IOException {
    assertThat(obstacle(whole().variable("CUDA_VISIBLE_DEVICES", visible)))
        .isEqualTo(
            "CUDA_VISIBLE_DEVICES is '"
                + visible
                + "', which hides every GPU."
                + " Unset it, or set it to the numbers of the GPUs to use.");
  }

  @Test
  void needsTheGpuBuild() throws IOException {
    assertThat(obstacle(whole(), CPU_BUILD, "gpu"))
        .isEqualTo(
            "the class path has the native build linux-x86_64, expected linux-x86_64-gpu."
                + " Build with the Maven profile gpu; scripts/virus-mnist does where it finds a"
                + " driver.");
    assertThat(obstacle(whole(), new NativeBuild(List.of(), null), "gpu"))
        .startsWith("the class path has the native build 'none', expected linux-x86_64-gpu.");
  }

  @Test
  void refusesTwoNativeBuilds() throws IOException {
    NativeBuild both = new NativeBuild(List.of("linux-x86_64", "linux-x86_64-gpu"), null);

    assertThat(obstacle(whole(), both, "gpu"))
        .isEqualTo(
            "two native builds of TensorFlow are on the class path, linux-x86_64 and"
                + " linux-x86_64-gpu, expected one. Build with one Maven profile.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Linux aarch64", "Mac OS X aarch64", "Windows 11 amd64"})
  void hasGpusOnLinuxOnly(String platform) throws IOException {
    assertThat(obstacle(whole().on(platform)))
        .isEqualTo(
            "TensorFlow Java has no GPU build for "
                + platform
                + ", expected Linux amd64. Use --device cpu.");
  }

  @Test
  void namesALibraryThatIsMissing() throws IOException {
    assertThat(obstacle(whole().without("libcufft.so.11")))
        .isEqualTo(
            "libcufft.so.11 is missing (in none of the library directories)."
                + " Install CUDA 12, or build with the Maven profile gpu, which brings it along.");
  }

  @Test
  void namesLibrariesOfAnotherVersion() throws IOException {
    FakeMachine cuda11 =
        whole()
            .without("libcublas.so.12")
            .file("/usr/local/cuda/lib64/libcublas.so.11", "")
            .file("/usr/local/cuda/lib64/libcublas.so.11.11.3.6", "");

    assertThat(obstacle(cuda11))
        .isEqualTo(
            "libcublas.so.12 is missing (another version is there:"
                + " /usr/local/cuda/lib64/libcublas.so.11)."
                + " Install CUDA 12, or build with the Maven profile gpu, which brings it along.");
  }

  @Test
  void needsAllPartsOfCudnn() throws IOException {
    assertThat(obstacle(whole().without("libcudnn_cnn.so.9")))
        .isEqualTo(
            "libcudnn_cnn.so.9 is missing (in none of the library directories)."
                + " Install all of cuDNN 9 for CUDA 12, or build with the Maven profile gpu, which"
                + " brings it along.");
  }

  @Test
  void needsACudnnAsNewAsTheOneTensorFlowWasBuiltWith() throws IOException {
    FakeMachine old =
        whole()
            .without("libcudnn.so.9")
            .link(
                FakeMachine.LIBRARIES + "libcudnn.so.9",
                FakeMachine.LIBRARIES + "libcudnn.so.9.1.0");

    assertThat(obstacle(old))
        .isEqualTo(
            "cuDNN is 9.1.0, expected 9.3 or newer, as TensorFlow was built with."
                + " Install all of cuDNN 9 for CUDA 12, or build with the Maven profile gpu, which"
                + " brings it along.");
    assertThat(
            obstacle(
                whole()
                    .without("libcudnn.so.9")
                    .link(
                        FakeMachine.LIBRARIES + "libcudnn.so.9",
                        FakeMachine.LIBRARIES + "libcudnn.so.9.10.2")))
        .isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = CudaLibrary.Need.class,
      names = {"OPTIONAL"})
  void doesWithoutWhatIsOptional(CudaLibrary.Need need) throws IOException {
    FakeMachine machine = whole();
    CudaLibrary.IN_LOAD_ORDER.stream()
        .filter(library -> library.need() == need)
        .forEach(library -> machine.without(library.soname()));

    assertThat(obstacle(machine)).isNull();
  }

  @Test
  void needsTheGpuThatIsChosen() throws IOException {
    FakeMachine machine =
        whole()
            .smi(
                0,
                FakeMachine.SMI_LINE.formatted(0, 0, "550.54.15")
                    + FakeMachine.SMI_LINE.formatted(1, 1, "550.54.15"));

    assertThat(obstacle(machine, GPU_BUILD, "gpu:1")).isNull();
    assertThat(obstacle(machine, GPU_BUILD, "gpu:2"))
        .isEqualTo("there are 2 GPUs, expected at least 3. Use gpu:0 to gpu:1.");
    assertThat(obstacle(machine.variable("CUDA_VISIBLE_DEVICES", "1"), GPU_BUILD, "gpu:1"))
        .isEqualTo("there is 1 GPU, expected at least 2. Use --device gpu.");
  }

  @Test
  void takesSeveralGpusOrAllThatAreVisible() throws IOException {
    FakeMachine machine =
        whole()
            .smi(
                0,
                FakeMachine.SMI_LINE.formatted(0, 0, "550.54.15")
                    + FakeMachine.SMI_LINE.formatted(1, 1, "550.54.15"));

    assertThat(plan(machine, GPU_BUILD, "gpu:all").gpus()).containsExactly(0, 1);
    assertThat(plan(machine, GPU_BUILD, "gpu:1,0").gpus()).containsExactly(1, 0);
    assertThat(plan(machine, GPU_BUILD, "gpu").gpus()).containsExactly(0);
    assertThat(obstacle(machine, GPU_BUILD, "gpu:0,2"))
        .isEqualTo("there are 2 GPUs, expected at least 3. Use gpu:0 to gpu:1.");
    assertThat(plan(machine.variable("CUDA_VISIBLE_DEVICES", "1"), GPU_BUILD, "gpu:all").gpus())
        .containsExactly(0);
    assertThat(obstacle(whole(), GPU_BUILD, "gpu:all"))
        .isEqualTo(
            "nvidia-smi is not there or does not answer, expected a list of GPUs."
                + " Name them, as gpu:0,1, or see 'virus-mnist doctor'.");
  }

  @Test
  void doesNotAskForTheListOfGpusWithoutNeed() throws IOException {
    FakeMachine machine = whole();

    plan(machine, GPU_BUILD, "gpu");

    assertThat(machine.smiCalls()).isZero();
  }

  @Test
  void leavesTheChoiceToTensorFlowWhereNobodyListsGpus() throws IOException {
    assertThat(obstacle(whole(), GPU_BUILD, "gpu:3")).isNull();
  }

  private static final String A100 = "%d, NVIDIA A100-SXM4-80GB, GPU-a, 81920, 80000, 8.0, %s\n";
  private static final String QUADRO = "%d, Quadro M2000, GPU-q, 4096, 4000, 5.2, %s\n";

  private static FakeMachine with(String driver, String... gpuLines) {
    StringBuilder lines = new StringBuilder();
    FakeMachine machine = FakeMachine.withDriver(driver).withCuda();
    for (int i = 0; i < gpuLines.length; i++) {
      lines.append(gpuLines[i].formatted(i, driver));
      machine.kernelGpu("0000:0" + i + ":00.0", gpuLines[i].split(", ", -1)[1]);
    }
    return machine.smi(0, lines.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "gpu", "gpu:all", "gpu:0"})
  void needsADriverThatCompilesForHopper(String request) throws IOException {
    FakeMachine old = whole("535.183.01");

    assertThat(obstacle(old, GPU_BUILD, request))
        .isEqualTo(
            "GPU 0 is NVIDIA H100 80GB HBM3, 81,559 MiB, compute capability 9.0: the driver must"
                + " compile TensorFlow's kernels for it from PTX 8.3, expected driver 545.23.06 or"
                + " newer. Update the driver.");
    assertThat(obstacle(whole("545.23.06"), GPU_BUILD, request)).isNull();
    assertThat(obstacle(with("535.183.01", A100), GPU_BUILD, request)).isNull();
  }

  private static FakeMachine whole(String driver) {
    return FakeMachine.withDriver(driver)
        .withCuda()
        .smi(0, FakeMachine.SMI_LINE.formatted(0, 0, driver));
  }

  @Test
  void takesTheFirstGpuThatWorksUnderAuto() throws IOException {
    FakeMachine machine = with("550.54.15", QUADRO, A100);

    assertThat(plan(machine, GPU_BUILD, "auto").gpus()).containsExactly(1);
    assertThat(plan(machine, GPU_BUILD, "gpu:1").gpus()).containsExactly(1);
    assertThat(obstacle(machine, GPU_BUILD, "gpu"))
        .isEqualTo(
            "GPU 0 is Quadro M2000, 4,096 MiB, compute capability 5.2: expected compute capability"
                + " 6.0 or more. Use --device gpu:1.");
    assertThat(obstacle(with("550.54.15", QUADRO, QUADRO), GPU_BUILD, "gpu:all"))
        .endsWith("expected compute capability 6.0 or more. Use --device cpu on this machine.");
  }

  @Test
  void doesNotAskForTheListOfGpusThatAreAlike() throws IOException {
    FakeMachine machine = with("550.54.15", A100, A100).variable("CUDA_VISIBLE_DEVICES", "1,0");

    assertThat(plan(machine, GPU_BUILD, "auto").gpus()).containsExactly(0);
    assertThat(machine.smiCalls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "gpu", "gpu:1", "gpu:all"})
  void seesThatTheEnvironmentNamesNoGpuThatIsThere(String request) throws IOException {
    FakeMachine machine = with("550.54.15", A100, A100).variable("CUDA_VISIBLE_DEVICES", "7");

    assertThat(obstacle(machine, GPU_BUILD, request))
        .isEqualTo(
            "CUDA_VISIBLE_DEVICES is '7', which hides every GPU; there are 0 to 1."
                + " Unset it, or set it to the numbers of the GPUs to use.");
  }

  @Test
  void hasTheDriverLoadedFromWhereItWasFound() throws IOException {
    FakeMachine container =
        whole().without("libcuda.so.1").file("/usr/local/nvidia/lib64/libcuda.so.1", "");

    DevicePlan plan = plan(container, GPU_BUILD, "gpu");

    Path driver = Path.of("/usr/local/nvidia/lib64/libcuda.so.1");
    assertThat(plan.toLoad(null))
        .hasSize(1 + CudaLibrary.IN_LOAD_ORDER.size())
        .startsWith(driver, Path.of(FakeMachine.LIBRARIES + "libcudart.so.12"));
    assertThat(plan.toLoad(List.of(Path.of("/a"), Path.of("/b"))))
        .containsExactly(driver, Path.of("/a"), Path.of("/b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"libnvrtc.so.12", "libnvrtc.so.12.4.127"})
  void findsTheBuiltinsOfTheInstalledCompiler(String file) throws IOException {
    FakeMachine cuda124 =
        whole()
            .without("libnvrtc.so.12")
            .without("libnvrtc-builtins.so.12.6")
            .link(FakeMachine.LIBRARIES + "libnvrtc.so.12", FakeMachine.LIBRARIES + file);

    assertThat(obstacle(cuda124)).startsWith("libnvrtc-builtins.so.12.6 is missing");
    cuda124.file(FakeMachine.LIBRARIES + "libnvrtc-builtins.so.12.4", "");
    assertThat(plan(cuda124, GPU_BUILD, "gpu").toLoad(null))
        .contains(Path.of(FakeMachine.LIBRARIES + "libnvrtc-builtins.so.12.4"));
  }

  @Test
  void takesAShareOfAGpu() throws IOException {
    FakeMachine machine =
        with("550.54.15", A100).variable("CUDA_VISIBLE_DEVICES", "MIG-5c89852c-d268,MIG-2");

    assertThat(plan(machine, GPU_BUILD, "auto").gpus()).containsExactly(0);
    assertThat(plan(machine, GPU_BUILD, "gpu:all").gpus()).containsExactly(0);
    assertThat(obstacle(machine, GPU_BUILD, "gpu:1"))
        .isEqualTo("there is 1 GPU, expected at least 2. Use --device gpu.");
  }
}
