package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  @TempDir Path directory;

  @Test
  void aFileThatAPatternNamesTwiceIsThereOnce() throws IOException {
    Path rows = Files.createDirectory(directory.resolve("rows"));
    Files.createFile(rows.resolve("b.csv"));
    Files.createFile(rows.resolve("a.csv"));

    InputFiles files = InputFiles.of(directory + "/{rows,rows/a.csv}", new Configuration());

    assertThat(files.files().stream().map(file -> file.getPath().getName()))
        .containsExactly("a.csv", "b.csv");
  }
}
