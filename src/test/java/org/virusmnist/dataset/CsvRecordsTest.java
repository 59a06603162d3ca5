package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is kept in memory has an end, however little of it is on the disk. */
final class CsvRecordsTest {
  @TempDir private Path directory;

  @Test
  void aTableIsBoundedByWhatItExpandsTo() throws IOException {
    Path file = directory.resolve("sources.csv.gz");
    Files.write(file, TestImages.gzip("hash,package\n".repeat(100_000).getBytes(UTF_8)));
    assertThat(Files.size(file)).isLessThan(10_000);

    try (CsvRecords records = CsvRecords.open(file, 50_000)) {
      assertThatThrownBy(() -> drain(records))
          .isInstanceOf(DatasetFormatException.class)
          .hasMessage(
              file
                  + ":3848: is behind 50000 characters, expected a shorter table. Check the file.");
    }
  }

  private static void drain(CsvRecords records) throws IOException {
    int rows = 0;
    while (records.next() != null) {
      rows++;
    }
    throw new AssertionError("all %d rows were read".formatted(rows));
  }
}
