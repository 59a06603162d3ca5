package org.virusmnist.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.virusmnist.model.ModelCallException;

class ErrorLineTest {

  @Test
  void takesNoMemoryLeftForTheDevicesAndNotForTheModels() {
    ModelCallException full =
        new ModelCallException(
            Path.of("m"),
            "evaluate",
            new TFResourceExhaustedException("OOM when allocating\nmore"));

    assertThat(ErrorLine.exitCode(full)).isEqualTo(ExitCode.DEVICE);
    assertThat(ErrorLine.message(full))
        .isEqualTo(
            "SavedModel m: its signature 'evaluate' runs out of the device's memory: OOM when"
                + " allocating. Use a smaller --batch-size or --inference-batch, less"
                + " --resident-memory, or another device.");
  }

  @Test
  void takesAnythingElseForAFaultOfTheModel() {
    ModelCallException failed =
        new ModelCallException(Path.of("m"), "evaluate", new IllegalArgumentException("no shape"));

    assertThat(ErrorLine.exitCode(failed)).isEqualTo(ExitCode.MODEL);
    assertThat(ErrorLine.message(failed)).endsWith("Re-export it, or try with --verbose.");
  }
}
