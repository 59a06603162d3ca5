package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.data.xy.DefaultXYZDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.ConfusionMatrix;

class ConfusionMatrixChartTest {
  private static final ConfusionMatrix MATRIX = ConfusionMatrix.of(new long[][] {{3, 1}, {0, 5}});

  @TempDir Path directory;

  @Test
  void drawsTenClassesWithLongNames() throws IOException {
    Path file = directory.resolve("confusion_matrix.png");
    int[] labels = IntStream.range(0, 100).map(i -> i / 10).toArray();
    int[] predicted = IntStream.range(0, 100).map(i -> i % 10).toArray();
    List<String> names =
        IntStream.range(0, 10).mapToObj(c -> "dotnet_readytorun_x64_" + c).toList();

    ConfusionMatrixChart.write(
        file, ConfusionMatrix.of(10, labels, predicted), names, "Test rows", ChartStyle.light());

    PngFile.Size size = ConfusionMatrixChart.size(names, ChartStyle.light());
    Png.assertDrawn(file, 2 * size.width(), 2 * size.height());
    Png.assertEmptyEdge(file);
  }

  @Test
  void drawsTwoClasses() throws IOException {
    Path file = directory.resolve("confusion_matrix.png");

    ConfusionMatrixChart.write(file, MATRIX, List.of("a", "b"), "Two", ChartStyle.dark());

    Png.assertEmptyEdge(file);
  }

  @Test
  void columnsArePredictedRowsAreTrueAndColoursAreSharesOfTheTrueClass() {
    DefaultXYZDataset shares = ConfusionMatrixChart.shares(MATRIX);

    assertThat(shares.getItemCount(0)).isEqualTo(4);
    assertThat(shares.getXValue(0, 1)).isEqualTo(1); // predicted 1
    assertThat(shares.getYValue(0, 1)).isEqualTo(0); // truly 0
    assertThat(shares.getZValue(0, 1)).isEqualTo(25);
    assertThat(shares.getZValue(0, 2)).isEqualTo(0);
    assertThat(shares.getZValue(0, 3)).isEqualTo(100);
  }

  @Test
  void percentagesAreAsLongAsTheyNeedToBe() {
    assertThat(ConfusionMatrixChart.percent(100)).isEqualTo("100 %");
    assertThat(ConfusionMatrixChart.percent(99.96)).isEqualTo("100 %");
    assertThat(ConfusionMatrixChart.percent(99.94)).isEqualTo("99.9 %");
    assertThat(ConfusionMatrixChart.percent(0.04)).isEqualTo("0.0 %");
    assertThat(ConfusionMatrixChart.percent(0)).isEqualTo("0 %");
  }

  @Test
  void longNamesStandUprightShortOnesDoNot() {
    List<String> longNames = List.of("a", "windows_arm64_native_and_more_of_it_still");
    assertThat(ConfusionMatrixChart.isWide(longNames, ChartStyle.light())).isTrue();
    assertThat(ConfusionMatrixChart.isWide(List.of("benign", "malicious"), ChartStyle.light()))
        .isFalse();
  }

  @Test
  void longerNamesMakeALargerPictureNotSmallerCells() {
    PngFile.Size plain = ConfusionMatrixChart.size(List.of("0", "1"), ChartStyle.light());
    PngFile.Size named =
        ConfusionMatrixChart.size(List.of("0", "name ".repeat(9)), ChartStyle.light());

    assertThat(named.width()).isGreaterThan(plain.width() + 150);
    assertThat(named.height()).isGreaterThan(plain.height() + 150);
  }

  @Test
  void rejectsOtherNumberOfNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ConfusionMatrixChart.write(
                    directory.resolve("x"), MATRIX, List.of("a"), "", ChartStyle.light()))
        .withMessage("1 class names for 2 classes");
  }
}
