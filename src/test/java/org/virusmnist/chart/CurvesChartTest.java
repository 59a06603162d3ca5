package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;

class CurvesChartTest {
  private static final History HISTORY =
      History.empty()
          .append(new Epoch(0, 2, 0.2, 1.8, 0.3))
          .append(new Epoch(1, 1.5, 0.4, 1.4, 0.5))
          .append(new Epoch(2, 1.2, 0.5, 1.6, 0.4));

  @TempDir Path directory;

  @Test
  void drawsAPicture() throws IOException {
    Path file = directory.resolve("curves.png");

    CurvesChart.write(file, HISTORY, ChartStyle.light());

    Png.assertDrawn(file, 1920, 800);
    Png.assertEmptyEdge(file);
  }

  @Test
  void drawsASingleEpochAndADivergedOne() throws IOException {
    Path file = directory.resolve("curves.png");
    History history = History.empty().append(Epoch.unvalidated(0, Double.NaN, 0));

    CurvesChart.write(file, history, ChartStyle.dark());

    Png.assertDrawn(file, 1920, 800);
  }

  @Test
  void seriesAreTrainingValidationAndTheBestOfIt() {
    XYSeriesCollection values =
        CurvesChart.values(
            HISTORY, Epoch::loss, Epoch::valLoss, HISTORY.bestByValLoss(), "lowest %.4f");

    assertThat(names(values)).containsExactly("training", "validation", "lowest 1.4000, epoch 1");
    assertThat(points(values.getSeries(0)))
        .isDeepEqualTo(new double[][] {{0, 1, 2}, {2, 1.5, 1.2}});
    assertThat(points(values.getSeries(1)))
        .isDeepEqualTo(new double[][] {{0, 1, 2}, {1.8, 1.4, 1.6}});
    assertThat(points(values.getSeries(2))).isDeepEqualTo(new double[][] {{1}, {1.4}});
  }

  @Test
  void withoutValidationThereIsOneSeries() {
    History history = History.empty().append(Epoch.unvalidated(0, 1, 0.5));

    XYSeriesCollection values =
        CurvesChart.values(
            history, Epoch::loss, Epoch::valLoss, history.bestByValLoss(), "lowest %.4f");

    assertThat(names(values)).containsExactly("training");
  }

  @Test
  void rejectsHistoryWithoutEpochs() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CurvesChart.write(directory.resolve("x"), History.empty(), ChartStyle.light()))
        .withMessage("history has no epochs to draw");
  }

  private static List<String> names(XYSeriesCollection values) {
    return IntStream.range(0, values.getSeriesCount())
        .mapToObj(i -> values.getSeriesKey(i).toString())
        .toList();
  }

  private static double[][] points(XYSeries series) {
    return series.toArray();
  }
}
