package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThroughputChartTest {
  private static final ThroughputSeries SERIES =
      new ThroughputSeries(
          "features",
          List.of(
              new ThroughputSeries.Point(1, 300),
              new ThroughputSeries.Point(32, 2000),
              new ThroughputSeries.Point(256, 3660)));

  @TempDir Path directory;

  @Test
  void drawsSeveralSeries() throws IOException {
    Path file = directory.resolve("throughput.png");
    ThroughputSeries one =
        new ThroughputSeries("predict", List.of(new ThroughputSeries.Point(32, 1170)));

    ThroughputChart.write(file, "CPU, 2 cores", List.of(SERIES, one), ChartStyle.light());

    Png.assertDrawn(file, 1600, 920);
    Png.assertEmptyEdge(file);
  }

  @Test
  void batchAxisGoesALittleBeyondTheBatches() {
    AxisRange range = ThroughputChart.batchRange(List.of(SERIES));

    assertThat(range.low()).isBetween(0.8, 0.9);
    assertThat(range.high()).isBetween(256 * 1.1, 256 * 1.2);
  }

  @Test
  void scalesByPowersOfTenWhatIsFarApart() throws IOException {
    ThroughputSeries fast =
        new ThroughputSeries("head step", List.of(new ThroughputSeries.Point(32, 300_000)));
    List<ThroughputSeries> both = List.of(SERIES, fast);
    Path file = directory.resolve("throughput.png");
    ThroughputChart.write(file, "CPU, 2 cores", both, ChartStyle.light());

    Png.assertDrawn(file, 1600, 920);
    assertThat(ThroughputChart.isLogarithmic(both)).isTrue();
    assertThat(ThroughputChart.rateRange(both).low()).isBetween(200.0, 300.0);
    assertThat(ThroughputChart.rateRange(both).high()).isBetween(300_000.0, 500_000.0);
    assertThat(ThroughputChart.isLogarithmic(List.of(SERIES))).isFalse();
    assertThat(ThroughputChart.rateRange(List.of(SERIES)).low()).isZero();
  }

  @Test
  void startsAtZeroWhereSomethingStandsStill() {
    ThroughputSeries still =
        new ThroughputSeries("broken", List.of(new ThroughputSeries.Point(32, 0)));

    assertThat(ThroughputChart.isLogarithmic(List.of(SERIES, still))).isFalse();
  }

  @Test
  void rejectsNothingToDraw() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ThroughputChart.write(
                    Path.of("x"),
                    "",
                    List.of(new ThroughputSeries("empty", List.of())),
                    ChartStyle.light()))
        .withMessage("no measurements to draw");
  }

  @Test
  void rejectsWhatIsNoMeasurement() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThroughputSeries.Point(0, 1))
        .withMessage("batch size 0 at 1.0 images/s, expected at least 1 and 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThroughputSeries.Point(1, Double.POSITIVE_INFINITY))
        .withMessage("batch size 1 at Infinity images/s, expected at least 1 and 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThroughputSeries.Point(1, -1))
        .withMessage("batch size 1 at -1.0 images/s, expected at least 1 and 0");
  }
}
