package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explanations.json} says is what was written into it. */
class ExplanationsTest {
  @TempDir private Path directory;

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = directory.resolve("explanations.json");
    ExplanationExample.explanations().write(file);
    Explanations read = Explanations.read(file);

    assertThat(read.steps()).isEqualTo(128);
    assertThat(read.data()).isEqualTo("test.csv");
    assertThat(read.dataSha256()).isEqualTo("ab");
    assertThat(read.rows())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(ExplanationExample.explanations().rows());
    assertThat(file)
        .content()
        .contains("\"data_sha256\" : \"ab\"")
        .contains("\"image\" : \"4d5a003c\"")
        .contains("\"attributions\" : [ 0.0, -1.5, 0.0, 0.5 ]")
        .contains("\"occlusion_rank_correlation\" : null");
  }

  @Test
  void readsFilesThatDoNotSayWhatTheyAreOf() throws IOException {
    Path file = directory.resolve("explanations.json");
    Files.writeString(file, "{\"steps\": 64, \"explains\": \"\", \"rows\": []}");

    assertThat(Explanations.read(file)).isEqualTo(new Explanations(64, "", "", "", List.of()));
  }

  @Test
  void namesTheFileThatIsNone() throws IOException {
    Path file = directory.resolve("explanations.json");
    Files.writeString(file, "{\"steps\": 1}");

    assertThatIOException()
        .isThrownBy(() -> Explanations.read(file))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining("explains");
  }

  @Test
  void namesBytesByTheFirstFieldThatHoldsThem() {
    Explanation row = ExplanationExample.explanation(2, 1, 0);

    assertThat(row.fieldAt(1)).isEqualTo("DOS e_magic [1]");
    assertThat(row.fieldAt(2)).isEqualTo("everything [2]");
    assertThat(row.fieldAt(3)).isEqualTo("e_lfanew");
    assertThat(row.fieldAt(4)).isEmpty();
    assertThat(row.grey()).containsExactly(0x4D, 0x5A, 0, 0x3C);
  }

  @Test
  void refusesAnotherNumberOfValuesThanBytes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Explanation(
                    0,
                    null,
                    null,
                    0,
                    1,
                    0,
                    0,
                    0,
                    0,
                    null,
                    List.of(),
                    List.of(),
                    "4d5a",
                    new float[2],
                    new float[3]))
        .withMessage("2 bytes, 2 attributions and 3 occlusions, expected as many of each");
  }
}
