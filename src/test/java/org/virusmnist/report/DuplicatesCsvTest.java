package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesCsvTest {
  @TempDir private Path directory;

  @Test
  void writesWhatIsKnownAndLeavesTheRestEmpty() throws IOException {
    Path file = directory.resolve("new/duplicates.csv");
    DuplicatesCsv.write(
        file,
        List.of(
            new DuplicateRow("test.csv", 3, "0abc", 7, "train.csv", 12, 0, 0),
            new DuplicateRow("=evil.csv", 4, null, null, "train.csv", 1, null, 64)));

    assertThat(file)
        .hasContent(
            """
            file,row,hash,label,other_file,other_row,other_label,differing_bytes
            test.csv,3,0abc,7,train.csv,12,0,0
            '=evil.csv,4,,,train.csv,1,,64
            """);
  }
}
