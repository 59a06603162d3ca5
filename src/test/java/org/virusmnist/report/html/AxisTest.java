package org.virusmnist.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({
    "0.31, 1.02, 0.2, 1.2",
    "0, 100, 0, 100",
    "77.2, 85.9, 76, 86",
    "-3, 4, -4, 4",
    "0.5, 0.5, 0.5, 0.52",
  })
  void holdsAllValuesBetweenTicks(double low, double high, double from, double to) {
    Axis axis = Axis.around("y", DoubleStream.of(high, low, Double.NaN));

    assertThat(axis.low()).isEqualTo(from, within(1e-9));
    assertThat(axis.high()).isEqualTo(to, within(1e-9));
  }

  @Test
  void hasARangeWithoutValues() {
    assertThat(Axis.around("y", DoubleStream.of(Double.NaN)).high()).isGreaterThan(0);
  }

  @Test
  void putsTicksAtRoundValues() {
    assertThat(Axis.of("x", 0, 1).ticks(0, 100))
        .containsExactly(
            new Axis.Tick("0.0", "0.0"),
            new Axis.Tick("20.0", "0.2"),
            new Axis.Tick("40.0", "0.4"),
            new Axis.Tick("60.0", "0.6"),
            new Axis.Tick("80.0", "0.8"),
            new Axis.Tick("100.0", "1.0"));
  }

  @Test
  void countsEpochsInWholeNumbers() {
    assertThat(Axis.ofWhole("epoch", 0, 2).ticks(0, 10))
        .extracting(Axis.Tick::label)
        .containsExactly("0", "1", "2");
    assertThat(Axis.ofWhole("epoch", 4, 4).ticks(0, 10))
        .extracting(Axis.Tick::label)
        .containsExactly("4", "5");
  }

  @Test
  void leavesOutPointsThatAreNoNumbersAndDotsWhereThereAreTooMany() {
    Axis axis = Axis.of("x", 0, 200);
    List<Plot.Point> points =
        IntStream.range(0, 200)
            .mapToObj(i -> new Plot.Point(i, i == 1 ? Double.NaN : i, "p" + i))
            .toList();
    Plot few = Plot.of("few", axis, axis, List.of(new Plot.Series("s", points.subList(0, 3))));
    Plot many = Plot.of("many", axis, axis, List.of(new Plot.Series("s", points)));

    assertThat(few.lines().get(0).points()).isEqualTo("52.0,256.0 57.0,253.5");
    assertThat(few.lines().get(0).dots()).extracting(Plot.Dot::title).containsExactly("p0", "p2");
    assertThat(many.lines().get(0).points().split(" ")).hasSize(199);
    assertThat(many.lines().get(0).dots()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.234, 1.23 s", "12.34, 12.3 s", "125.4, 2 min 05 s", "NaN, –"})
  void writesTimesAsPeopleDo(double seconds, String text) {
    assertThat(Text.seconds(seconds)).isEqualTo(text);
  }

  @Test
  void writesADashForWhatIsNoNumber() {
    assertThat(Text.percent(Double.NaN)).isEqualTo("–");
    assertThat(Text.count(Double.NaN)).isEqualTo("–");
    assertThat(Text.score(Double.NaN)).isEqualTo("–");
  }
}
