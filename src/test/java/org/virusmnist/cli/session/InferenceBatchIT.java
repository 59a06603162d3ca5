package org.virusmnist.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.SessionSettings.Device;

/** The trial runs real calls; only a GPU is asked. */
@Tag("native")
class InferenceBatchIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @Test
  void triesOnAGpuAndNotOnACpu() throws IOException {
    assertThat(InferenceBatch.isProbed("GPU:0,1")).isTrue();
    assertThat(InferenceBatch.isProbed("CPU:0")).isFalse();
    try (ClassifierModel model =
        ClassifierModel.open(SavedModelFile.read(TINY), SessionSettings.on(Device.CPU))) {
      assertThat(InferenceBatch.largest(model, 64, 3)).isEqualTo(64);
    }
  }
}
