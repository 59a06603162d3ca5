package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chosen rows come through byte for byte. */
class CsvRowFilterTest {
  @TempDir private Path directory;

  /** Rows 0 and 2 of three are kept; N and R stand for the two kinds of line ends. */
  @ParameterizedTest
  @CsvSource({
    "hNaNbNcN, hNaNcN",
    "hNaNbNc, hNaNcN",
    "hRNaRNbRNcRN, hRNaRNcRN",
    "hRaRbRcR, hRaRcR",
    "hNaNbNcNNN, hNaNcNNN",
  })
  void copiesChosenRows(String source, String expected) throws IOException {
    assertThat(copy("in.csv", source)).isEqualTo(lineEnds(expected));
  }

  @Test
  void leavesNothingOfALastRowThatIsNotKept() throws IOException {
    assertThat(copy("in.csv", "hNaNb")).isEqualTo("h\na\n");
  }

  private String copy(String name, String text) throws IOException {
    Path source = Files.writeString(directory.resolve(name), lineEnds(text));
    Path target = directory.resolve("new/out.csv");
    CsvRowFilter.copy(source, target, row -> row % 2 == 0);
    return Files.readString(target);
  }

  private static String lineEnds(String text) {
    return text.replace('N', '\n').replace('R', '\r');
  }

  @Test
  void unpacksAndPacks() throws IOException {
    Path source = directory.resolve("in.csv.gz");
    Path target = directory.resolve("out.csv.gz");
    Files.write(source, TestImages.gzip("h\na\nb\n"));
    CsvRowFilter.copy(source, target, row -> row == 1);

    byte[] written = Files.readAllBytes(target);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(written))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("h\nb\n");
    }
  }

  @Test
  void leavesNothingBehindWhenItFails() throws IOException {
    Path source = Files.writeString(directory.resolve("in.csv"), "h\na\n");
    Path target = directory.resolve("out.csv");

    assertThatThrownBy(
            () ->
                CsvRowFilter.copy(
                    source,
                    target,
                    row -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(directory.toFile().list()).containsExactly("in.csv");
  }
}
