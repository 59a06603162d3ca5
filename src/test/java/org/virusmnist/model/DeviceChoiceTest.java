package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.device.Machine;
import org.virusmnist.device.NativeBuild;

class DeviceChoiceTest {
  private static final String NO_DRIVER =
      "no NVIDIA driver: libcuda.so.1 is in none of the library directories."
          + " On a machine with an NVIDIA GPU install its driver, 525.60.13 or newer.";

  /** A machine on which every file that is looked for is there. */
  private static final Machine WHOLE = new Described(true);

  /** A machine on which none is. */
  private static final Machine BARE = new Described(false);

  /** A machine of which one thing is known. */
  private record Described(boolean hasFiles) implements Machine {
    @Override
    public String platform() {
      return "Linux amd64";
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public @Nullable String read(Path file) {
      return null;
    }

    @Override
    public @Nullable Path resolve(Path file) {
      return hasFiles ? file : null;
    }

    @Override
    public List<String> list(Path directory) {
      return List.of();
    }

    @Override
    public @Nullable CommandOutput run(Duration timeout, String... command) {
      return null;
    }
  }

  private static DeviceChoice choice(Machine machine, String request) throws IOException {
    NativeBuild build = new NativeBuild(List.of("linux-x86_64-gpu"), null, null);
    return DeviceChoice.of(DeviceRequest.parse(request), machine, build, Path.of("/cache"));
  }

  /** Nobody must miss a GPU without a word. */
  @Test
  void givesAReasonWhereAGpuThatIsListedDidNotDoTheWork() throws IOException {
    DeviceChoice choice = choice(WHOLE, "auto");

    assertThat(choice.hasDriver()).isTrue();
    assertThat(choice.whyCpu("CPU:0"))
        .isEqualTo(
            "TensorFlow lists a GPU and did not run all of a trial's convolutions and matrix"
                + " products on it. Run 'virus-mnist doctor --device gpu'.");
  }

  @Test
  void givesNoneWhereItDidOrNobodyAskedForOne() throws IOException {
    assertThat(choice(WHOLE, "auto").whyCpu("GPU:0")).isNull();
    assertThat(choice(WHOLE, "cpu").whyCpu("CPU:0")).isNull();
  }

  @Test
  void goesOnWithTheCpuWhereThereIsNoDriverAndSaysWhy() throws IOException {
    DeviceChoice choice = choice(BARE, "auto");

    assertThat(choice.hasDriver()).isFalse();
    assertThat(choice.whyCpu("CPU:0")).isEqualTo(NO_DRIVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "gpu:1", "gpu:all"})
  void refusesAGpuWhereThereIsNoDriver(String request) {
    assertThatExceptionOfType(DeviceUnavailableException.class)
        .isThrownBy(() -> choice(BARE, request))
        .withMessage("--device " + request + ": " + NO_DRIVER);
  }
}
