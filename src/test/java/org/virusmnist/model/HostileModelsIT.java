package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;

/** What the gate is for: TensorFlow's own loader executes the models that it refuses. */
@Tag("native")
final class HostileModelsIT {
  @TempDir private Path directory;

  @Test
  void areExecutedByTensorFlowWhenItLoadsThem() throws IOException {
    Path canary = directory.resolve("canary");
    Path model = HostileModels.writesWhenLoaded(directory.resolve("model"), canary);

    assertThatThrownBy(() -> SavedModelFile.read(model)).isInstanceOf(ModelContractException.class);
    assertThat(canary).doesNotExist();
    SavedModelBundle.load(model.toString(), "serve").close();
    assertThat(canary).hasContent("executed");
  }

  @Test
  void areExecutedEvenWithoutVariables() throws IOException {
    Path canary = directory.resolve("canary");
    Path model = HostileModels.writesWhenLoadedWithoutVariables(directory.resolve("model"), canary);

    assertThatThrownBy(() -> SavedModelFile.read(model)).isInstanceOf(ModelContractException.class);
    assertThat(canary).doesNotExist();
    SavedModelBundle.load(model.toString(), "serve").close();
    assertThat(canary).hasContent("executed");
  }
}
