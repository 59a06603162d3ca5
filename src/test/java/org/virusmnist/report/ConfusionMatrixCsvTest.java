package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.ConfusionMatrix;

class ConfusionMatrixCsvTest {
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(new long[][] {{5, 2, 0}, {0, 3, 1}, {4, 0, 7}});

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("confusion_matrix.csv");
  }

  @Test
  void rowsAreTrueAndColumnsPredicted() throws IOException {
    ConfusionMatrixCsv.write(
        file, new NamedConfusionMatrix(MATRIX, List.of("benign", "go, windows", "efi")));

    assertThat(file)
        .hasContent(
            """
            true\\predicted,benign,"go, windows",efi
            benign,5,2,0
            "go, windows",0,3,1
            efi,4,0,7
            """);
  }

  @Test
  void readsBackWhatWasWrittenEvenOddNames() throws IOException {
    NamedConfusionMatrix named =
        new NamedConfusionMatrix(MATRIX, List.of("=cmd|' /C calc'!A0", "twice", "twice"));
    ConfusionMatrixCsv.write(file, named);

    assertThat(ConfusionMatrixCsv.read(file)).isEqualTo(named);
    assertThat(Files.readString(file)).startsWith("true\\predicted,'=cmd|' /C calc'!A0,");
  }

  @Test
  void rejectsOtherNumberOfNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedConfusionMatrix(MATRIX, List.of("one")))
        .withMessage("1 class names for 3 classes");
  }

  @Test
  void rejectsMatrixThatIsNotSquare() {
    assertRejected(
        "true\\predicted,a,b\na,1,2\n",
        ": is no confusion matrix (row 0 has 2 columns, expected 1)");
    assertRejected(
        "true\\predicted,a,b\n", ": is no confusion matrix (class count is 0, expected 1 or more)");
  }

  @Test
  void namesTheWrongCell() {
    assertRejected(
        "true\\predicted,a,b\na,1,2\nb,3,-4\n", ":3: b is '-4', expected a whole number");
  }

  @Test
  void rejectsTheOtherOrientation() {
    assertRejected(
        "predicted\\true,a\na,1\n", ": no column 'true\\predicted'. Found: [predicted\\true, a]");
  }

  private void assertRejected(String content, String message) {
    assertThatIOException()
        .isThrownBy(
            () -> {
              Files.writeString(file, content);
              ConfusionMatrixCsv.read(file);
            })
        .withMessage(file + message);
  }
}
