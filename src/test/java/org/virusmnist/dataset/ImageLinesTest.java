package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A line alone is judged as it would be in its file. */
class ImageLinesTest {
  private static final String HEADER = ImageCsvWriter.header(true, true);
  private static final String HASH = "0123456789abcdef0123456789abcdef";

  @Test
  void readsPlainAndQuotedRowsAlike() throws IOException {
    ImageLines lines = ImageLines.below(HEADER, 10, Labels.REQUIRED);
    String plain = row("7", "9", HASH);
    String quoted = row("\"7\"", "\"9\"", '"' + HASH + '"');

    for (String line : new String[] {plain, quoted}) {
      ImageSet image = parse(lines, line);
      assertThat(image.size()).isEqualTo(1);
      assertThat(image.label(0)).isEqualTo(7);
      assertThat(image.pixel(0, 0)).isEqualTo(9);
      assertThat(image.pixel(0, 1023)).isEqualTo(1);
      assertThat(image.hash(0)).isEqualTo(HASH);
    }
  }

  @Test
  void saysWhatIsWrongWithoutAPlace() throws IOException {
    ImageLines lines = ImageLines.below(HEADER, 10, Labels.REQUIRED);

    assertProblem(lines, row("10", "9", HASH), "label is '10', expected an integer from 0 to 9");
    assertProblem(lines, row("1", "256", ""), "pixel1 is '256', expected an integer from 0 to 255");
    assertProblem(lines, "1,2", "row has 2 columns, expected 1026 as in the header.");
    assertProblem(lines, "", "is blank, expected a row.");
    assertProblem(
        lines, "\"1", "row has a quote that is never closed. Remove the quote or close it.");
  }

  @Test
  void refusesHeadersAsFilesDo() {
    assertThatExceptionOfType(DatasetFormatException.class)
        .isThrownBy(() -> ImageLines.below("a,b", 10, Labels.OPTIONAL))
        .matches(e -> e.problem().startsWith("column 1 is 'a', expected label, pixel1..pixel1024"));
    assertThatExceptionOfType(DatasetFormatException.class)
        .isThrownBy(() -> ImageLines.below("", 10, Labels.OPTIONAL));
  }

  private static void assertProblem(ImageLines lines, String line, String problem) {
    assertThatExceptionOfType(DatasetFormatException.class)
        .isThrownBy(() -> parse(lines, line))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static ImageSet parse(ImageLines lines, String line) throws IOException {
    byte[] text = line.getBytes(UTF_8);
    return lines.parse(text, text.length);
  }

  private static String row(String label, String firstPixel, String hash) {
    return label + ',' + firstPixel + ",1".repeat(1023) + ',' + hash;
  }
}
