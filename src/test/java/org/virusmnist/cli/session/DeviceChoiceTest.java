package org.virusmnist.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.device.Machine;
import org.virusmnist.device.NativeBuild;

class DeviceChoiceTest {
  /** A machine on which every file that is looked for is there. */
  private static final Machine WHOLE =
      new Machine() {
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
          return file;
        }

        @Override
        public List<String> list(Path directory) {
          return List.of();
        }

        @Override
        public @Nullable CommandOutput run(Duration timeout, String... command) {
          return null;
        }
      };

  private static DeviceChoice choice(String request) throws IOException {
    NativeBuild build = new NativeBuild(List.of("linux-x86_64-gpu"), null, null);
    return DeviceChoice.of(DeviceRequest.parse(request), WHOLE, build, Path.of("/cache"));
  }

  /** Nobody must miss a GPU without a word. */
  @Test
  void givesAReasonWhereAGpuThatIsListedDidNotDoTheWork() throws IOException {
    UsedDevice used = choice("auto").used("CPU:0");

    assertThat(used.isMissed()).isTrue();
    assertThat(used.whyCpu())
        .isEqualTo(
            "TensorFlow lists a GPU and did not run all of a trial's convolutions and matrix"
                + " products on it. Run 'virus-mnist doctor --device gpu'.");
  }

  @Test
  void givesNoneWhereItDidOrNobodyAskedForOne() throws IOException {
    assertThat(choice("auto").used("GPU:0").whyCpu()).isNull();
    assertThat(choice("cpu").used("CPU:0").whyCpu()).isNull();
  }
}
