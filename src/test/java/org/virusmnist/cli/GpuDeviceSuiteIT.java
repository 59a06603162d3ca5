package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.device.Determinism;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.device.Gpu;
import org.virusmnist.device.LocalMachine;
import org.virusmnist.device.NvidiaSmi;
import org.virusmnist.device.VisibleGpus;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.DeviceChoice;
import org.virusmnist.model.DeviceUnavailableException;
import org.virusmnist.model.GpuShare;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.TracedSteps;

/** The tests of a device on the GPUs of this machine; {@code scripts/gpu-test} runs them. */
@Tag("gpu")
class GpuDeviceSuiteIT extends DeviceSuite {
  private static @Nullable SessionSettings settings;
  private static int gpus;
  private static String whyNot = "";

  @BeforeAll
  static void findGpus() throws IOException {
    LocalMachine machine = new LocalMachine();
    gpus = VisibleGpus.of(NvidiaSmi.ask(machine).gpus(), machine.environment()).size();
    DeviceRequest request = DeviceRequest.parse(gpus > 1 ? "gpu:0,1" : "gpu");
    try {
      settings =
          DeviceChoice.of(request)
              .load(SessionSettings.on(SessionSettings.Device.CPU), directory -> {});
    } catch (DeviceUnavailableException e) {
      whyNot = String.valueOf(e.getMessage());
    }
  }

  /** Each test says that it is skipped; a class that is skipped as a whole is not listed. */
  @BeforeEach
  void requireGpu() {
    assumeTrue(settings != null, whyNot);
  }

  /** What a process sees is fixed by its first session: two GPUs, where there are two. */
  @Override
  SessionSettings settings() {
    if (settings == null) {
      throw new IllegalStateException("no GPU, so no test should run");
    }
    return settings;
  }

  @Override
  String request() {
    return gpus > 1 ? "gpu:0,1" : "auto";
  }

  @Override
  long usedMib() {
    LocalMachine machine = new LocalMachine();
    Gpu gpu = VisibleGpus.of(NvidiaSmi.ask(machine).gpus(), machine.environment()).get(0);
    return gpu.memoryMib() - gpu.freeMib();
  }

  /** Without CUPTI, which containers often forbid, no copy is seen, not even that of the rows. */
  @Override
  String problemOfTrace(TracedSteps one) {
    return one.copiesToDevice() > 0
        ? ""
        : "the trace shows no copies at all: NVIDIA's profiling interface is not available";
  }

  @Override
  void requireDeterminism() {
    List<String> missing = Determinism.missingFrom(System.getenv());
    assumeTrue(missing.isEmpty(), () -> "the environment lacks " + String.join(" and ", missing));
  }

  @Test
  void sharesImagesOutBetweenTwoGpus() throws IOException {
    assumeTrue(gpus > 1, "this machine has " + gpus + " visible GPU, expected 2 or more");
    byte[] pixels = new byte[64 * ImageSet.PIXELS];
    new Random(8).nextBytes(pixels);
    ImageSet images = ImageSet.of(pixels, null);
    try (ClassifierModel model = ClassifierModel.open(SavedModelFile.read(MODEL), settings())) {
      assertThat(model.deviceName()).isEqualTo("GPU:0,1");
      float[] first = model.predict(images, 0, 64);

      assertThat(settings().gpu()).isEqualTo(new GpuShare(List.of(0, 1), 1));
      assertThat(model.predict(images, 0, 64)).isEqualTo(first); // by the other one
    }
  }
}
