package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of files may be anything; the list stays a CSV that a spreadsheet can open safely. */
class FileListCsvTest {
  @TempDir private Path directory;

  @Test
  void quotesAndGuardsWhatNamesMayContain() throws IOException {
    Path file = directory.resolve("new/list.csv");
    try (FileListCsv list = FileListCsv.open(file, "file", "reason")) {
      list.add(Path.of("a, b"), "says \"no\"");
      list.add("=cmd|' /C calc'!A0", 7L);
      assertThat(list.rows()).isEqualTo(2);
      list.commit();
    }

    assertThat(Files.readString(file))
        .isEqualTo("file,reason\n\"a, b\",\"says \"\"no\"\"\"\n'=cmd|' /C calc'!A0,7\n");
  }

  @Test
  void leavesNothingBehindWithoutACommit() throws IOException {
    Path file = directory.resolve("new/list.csv");
    try (FileListCsv list = FileListCsv.open(file, "file")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> list.add("a", "b"))
          .withMessage("2 values for 1 columns");
    }
    assertThat(file.getParent()).doesNotExist();
  }
}
