package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeriesCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.CoverageCurve;
import org.virusmnist.metrics.CoveragePoint;
import org.virusmnist.metrics.ReliabilityBin;

class CalibrationChartsTest {
  private static final Calibration CALIBRATION =
      new Calibration(
          List.of(
              new ReliabilityBin(0, 0.25, 0, 0, 0),
              new ReliabilityBin(0.25, 0.5, 300, 0.5, 0.25),
              new ReliabilityBin(0.5, 0.75, 0, 0, 0),
              new ReliabilityBin(0.75, 1, 900, 0.9, 1)),
          0.4,
          0.2);

  @TempDir Path directory;

  @Test
  void drawsTheReliabilityDiagram() throws IOException {
    Path file = directory.resolve("reliability.png");

    ReliabilityChart.write(file, CALIBRATION, ChartStyle.light());

    Png.assertDrawn(file, 1280, 1280);
    Png.assertEmptyEdge(file);
  }

  @Test
  void barsStandOverTheirBinsAndEmptyBinsHaveNone() {
    XYIntervalSeriesCollection bars = ReliabilityChart.bars(CALIBRATION, true);

    assertThat(bars.getItemCount(0)).isEqualTo(2);
    assertThat(bars.getStartXValue(0, 0)).isEqualTo(25);
    assertThat(bars.getEndXValue(0, 0)).isEqualTo(50);
    assertThat(bars.getYValue(0, 0)).isEqualTo(25);
    assertThat(ReliabilityChart.bars(CALIBRATION, false).getYValue(0, 1)).isEqualTo(75);
  }

  @Test
  void subtitleHasTheErrorAndTheRows() {
    assertThat(ReliabilityChart.subtitle(CALIBRATION))
        .isEqualTo(
            "expected calibration error 13.75 %; 4 bins; 1,200 rows;"
                + " dashed: confidence equals accuracy");
  }

  @Test
  void drawsAccuracyAndCoverage() throws IOException {
    Path file = directory.resolve("coverage.png");

    CoverageChart.write(file, curve(), ChartStyle.light());

    Png.assertDrawn(file, 1440, 920);
    Png.assertEmptyEdge(file);
  }

  @Test
  void coverageIsInPercent() {
    XYSeriesCollection values = CoverageChart.values(curve());

    assertThat(values.getSeries(0).toArray()).isDeepEqualTo(new double[][] {{0, 50}, {70, 90}});
    assertThat(values.getSeries(1).toArray()).isDeepEqualTo(new double[][] {{0, 50}, {100, 40}});
  }

  @Test
  void saysWhichProbabilityTheThresholdIsOf() {
    assertThat(CoverageChart.threshold(curve()))
        .isEqualTo("smallest calibrated probability that counts as sure (%)");
    assertThat(CoverageChart.threshold(new CoverageCurve(curve().points(), false)))
        .isEqualTo("smallest probability, not calibrated, that counts as sure (%)");
  }

  @Test
  void rejectsNothingToDraw() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ReliabilityChart.write(
                    Path.of("x"), new Calibration(List.of(), 0, 0), ChartStyle.light()))
        .withMessage("calibration has no rows to draw");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CoverageChart.write(
                    Path.of("x"), new CoverageCurve(List.of(), true), ChartStyle.light()))
        .withMessage("coverage curve has no points to draw");
  }

  private static CoverageCurve curve() {
    return new CoverageCurve(
        List.of(new CoveragePoint(0, 1, 0.7), new CoveragePoint(0.5, 0.4, 0.9)), true);
  }
}
