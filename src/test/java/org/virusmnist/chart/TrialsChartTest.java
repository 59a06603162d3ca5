package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.data.xy.XYSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trials of a search as a picture. */
class TrialsChartTest {
  private static final List<TrialsPlot.Point> POINTS =
      List.of(
          new TrialsPlot.Point("1 epochs", 0.5),
          new TrialsPlot.Point("1 epochs", 0.7),
          new TrialsPlot.Point("1 epochs", 0.6),
          new TrialsPlot.Point("3 epochs", 0.65));

  @TempDir private Path directory;

  private static double[] best(boolean isHigherBetter) {
    XYSeries series =
        TrialsChart.bestSoFar(new TrialsPlot("loss", isHigherBetter, POINTS, List.of()));
    return series.toArray()[1];
  }

  @Test
  void showsTheBestSoFarOfEveryRound() {
    assertThat(best(true)).containsExactly(0.5, 0.7, 0.7, Double.NaN, 0.65);
    assertThat(best(false)).containsExactly(0.5, 0.5, 0.5, Double.NaN, 0.65);
  }

  @Test
  void hasAPanelForEachOption() throws IOException {
    Path png = directory.resolve("trials.png");
    TrialsPlot plot =
        new TrialsPlot(
            "accuracy",
            true,
            POINTS,
            List.of(
                new TrialsPlot.Axis("rate", List.of(), true, List.of(0.001, 0.01, 0.1, 0.01)),
                new TrialsPlot.Axis(
                    "dropout", List.of("0", "0.5"), false, List.of(0.0, 1.0, 0.0, 1.0))));
    TrialsChart.write(png, plot, ChartStyle.light());

    assertThat(ImageIO.read(png.toFile()).getHeight()).isEqualTo(2 * 320 * 2);
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(2 * 480 * 2);
  }

  @Test
  void refusesAnAxisThatIsTooShort() {
    TrialsPlot.Axis axis = new TrialsPlot.Axis("rate", List.of(), true, List.of(0.1));
    assertThatThrownBy(() -> new TrialsPlot("accuracy", true, POINTS, List.of(axis)))
        .hasMessageStartingWith("4 points, expected 1 or more and a value on every axis");
  }
}
