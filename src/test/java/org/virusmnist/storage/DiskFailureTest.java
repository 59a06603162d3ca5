package org.virusmnist.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the disk fails, the message says which file it was. */
final class DiskFailureTest {
  private static final String FULL = "No space left on device";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"write", "force"})
  void namesTheFileThatWasBeingWritten(String failing) {
    Path target =
        FaultyFileSystem.wrap(
                directory,
                change -> {
                  if (change.startsWith(failing)) {
                    throw new IOException(FULL);
                  }
                })
            .resolve("a.csv");
    assertThatThrownBy(() -> AtomicFile.write(target, out -> out.write(new byte[100_000])))
        .hasMessage(
            "%s: cannot be written (%s). Make room on the disk, or write elsewhere."
                .formatted(directory.resolve("a.csv"), FULL));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesWhatSaysMore() {
    IOException gone = new NoSuchFileException("b.csv");
    assertThat(DiskFailure.writing(Path.of("a.csv"), gone)).isSameAs(gone);
    IOException named = new IOException("x/a.csv: cannot be written");
    assertThat(DiskFailure.writing(Path.of("a.csv"), named)).isSameAs(named);
  }
}
