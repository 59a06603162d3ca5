package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartStyleTest {
  static List<ChartStyle> styles() {
    return List.of(ChartStyle.light(), ChartStyle.dark());
  }

  @ParameterizedTest
  @MethodSource("styles")
  void everythingWrittenStandsOutFromTheBackground(ChartStyle style) {
    assertThat(contrast(style.ink(), style.background())).isGreaterThan(7);
    assertThat(contrast(style.muted(), style.background())).isGreaterThan(4.5);
    for (Color color : style.series()) {
      assertThat(contrast(color, style.background())).isGreaterThan(2);
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void textCanBeReadOnEveryColourOfTheHeatMap(ChartStyle style) {
    for (int percent = 0; percent <= 100; percent++) {
      Color cell = style.heatColor(percent / 100.0);
      assertThat(contrast(Contrast.textOn(cell), cell)).isGreaterThanOrEqualTo(2.99);
    }
  }

  @ParameterizedTest
  @MethodSource("styles")
  void heatChangesInOneDirection(ChartStyle style) {
    double direction =
        Math.signum(
            Contrast.luminance(style.heatColor(1)) - Contrast.luminance(style.heatColor(0)));
    for (int percent = 1; percent <= 100; percent++) {
      double step =
          Contrast.luminance(style.heatColor(percent / 100.0))
              - Contrast.luminance(style.heatColor((percent - 1) / 100.0));
      assertThat(step * direction).isPositive();
    }
  }

  @Test
  void heatOutsideItsRangeIsThatOfTheNearerEnd() {
    ChartStyle style = ChartStyle.light();
    assertThat(style.heatColor(-1)).isEqualTo(style.heat().get(0)).isEqualTo(style.heatColor(0));
    assertThat(style.heatColor(2)).isEqualTo(style.heat().get(5)).isEqualTo(style.heatColor(1));
  }

  @Test
  void seriesColoursComeAgainAfterTheLast() {
    ChartStyle style = ChartStyle.light();
    assertThat(style.seriesColor(style.series().size())).isEqualTo(style.seriesColor(0));
    assertThat(style.seriesStroke(0)).isNotEqualTo(style.seriesStroke(1));
  }

  @Test
  void rejectsStyleThatCannotDraw() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ChartStyle(
                    Color.WHITE,
                    Color.BLACK,
                    Color.GRAY,
                    Color.GRAY,
                    List.of(),
                    List.of(Color.WHITE),
                    "SansSerif",
                    0))
        .withMessage("0 series colours, 1 heat colours and scale 0, expected at least 1, 2 and 1");
  }

  private static double contrast(Color one, Color other) {
    double first = Contrast.luminance(one) + 0.05;
    double second = Contrast.luminance(other) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }
}
