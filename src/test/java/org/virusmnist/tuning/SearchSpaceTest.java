package org.virusmnist.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search draws, and what it refuses to draw from. */
class SearchSpaceTest {
  private static SearchSpace space(String... dimensions) {
    return new SearchSpace(Arrays.stream(dimensions).map(Dimension::parse).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learning-rate=0.0003..0.01|true|false",
        "--dropout=0..0.5|false|false",
        "dropout=0.1..0.5|false|false",
        "dropout=0.1..0.5:log|true|false",
        "learning-rate=0.0003..0.01:linear|false|false",
        "epochs=5..40|false|true",
        "epochs=5..50|true|true",
        "learning-rate=1e-4..1e-2|true|false",
      })
  void readsRanges(String text, boolean isLog, boolean isWhole) {
    assertThat(Dimension.parse(text))
        .isInstanceOfSatisfying(
            Range.class,
            range -> {
              assertThat(range.isLog()).isEqualTo(isLog);
              assertThat(range.isWhole()).isEqualTo(isWhole);
            });
  }

  @Test
  void readsChoices() {
    assertThat(Dimension.parse("schedule = constant, cosine"))
        .isEqualTo(new Choices("schedule", List.of("constant", "cosine")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dropout|'dropout' is no search, expected OPTION=VALUE,VALUE,... or OPTION=LOW..HIGH",
        "dropout=|'dropout=' is no search, expected OPTION=VALUE,VALUE,... or OPTION=LOW..HIGH",
        "=1,2|'=1,2' is no search, expected OPTION=VALUE,VALUE,... or OPTION=LOW..HIGH",
        "dropout=0,,1|dropout: a value is empty",
        "dropout=0,1,0|dropout: a value of [0, 1, 0] is there twice",
        "dropout=0.5..0.1|dropout: from 0.5 to 0.1, expected a smaller number and a larger",
        "dropout=a..1|dropout: 'a' is no number, expected LOW..HIGH",
        "dropout=0..1:log|dropout: begins at 0.0, expected more than 0 on a logarithmic scale",
        "dropout=0..Infinity|dropout: from 0.0 to Infinity, expected a smaller number and a larger",
      })
  void refusesWhatIsNoSearch(String text, String message) {
    assertThatThrownBy(() -> Dimension.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void drawsTheSameForGoodAndMoreBeginsWithLess() {
    SearchSpace space = space("learning-rate=0.0003..0.01", "dropout=0,0.2,0.5", "epochs=5..9");
    List<Trial> three = space.draw(3, 42);

    // By hand from 0.72756, 0.68322, 0.30872: Random(42), whose sequence its documentation fixes.
    assertThat(three.get(0).options().toString())
        .isEqualTo("{learning-rate=0.003847, dropout=0.5, epochs=6}");
    assertThat(space.draw(7, 42).subList(0, 3)).isEqualTo(three);
    assertThat(space.draw(3, 43)).isNotEqualTo(three);
    assertThat(three).extracting(Trial::number).containsExactly(1, 2, 3);
  }

  @Test
  void staysInsideAndReachesBothHalvesOfALogarithmicScale() {
    List<Double> rates =
        space("r=0.001..0.1").draw(400, 7).stream()
            .map(trial -> Double.parseDouble(trial.options().get("r")))
            .toList();

    assertThat(rates).allMatch(rate -> rate >= 0.001 && rate <= 0.1);
    // Half of them below the geometric mean; binomial(400, ½) is within 150 and 250 but for 1e-6.
    assertThat(rates.stream().filter(rate -> rate < 0.01).count()).isBetween(150L, 250L);
  }

  @Test
  void drawsEveryWholeNumberOfARange() {
    List<Trial> all = space("epochs=3..6").draw(100, 1);

    assertThat(all)
        .extracting(trial -> trial.options().get("epochs"))
        .containsExactlyInAnyOrder("3", "4", "5", "6");
  }

  @Test
  void triesNothingTwiceAndEndsWhenEverythingIsTried() {
    List<Trial> all = space("a=1,2,3", "b=x,y").draw(50, 5);

    assertThat(all).hasSize(6);
    assertThat(new HashSet<>(all.stream().map(Trial::options).toList())).hasSize(6);
  }

  @Test
  void refusesRangesWithFewerValuesThanTrials() {
    assertThat(space("a=0.1..0.1002").draw(3, 1))
        .extracting(trial -> trial.options().get("a"))
        .containsExactlyInAnyOrder("0.1", "0.1001", "0.1002");
    assertThatThrownBy(() -> space("a=0.1..0.1002", "b=x,y").draw(7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "different settings are 6, expected 7: values have 4 digits. Take wider ranges or"
                + " fewer trials");
  }

  @Test
  void refusesTheSameOptionTwice() {
    assertThatThrownBy(() -> space("a=1,2", "a=3,4"))
        .hasMessage("an option is searched over twice, expected once");
    assertThatThrownBy(() -> space()).hasMessage("no option to search over, expected 1 or more");
  }

  @Test
  void countsNothingThatIsEndlessOrTooMuch() {
    assertThat(space("a=0..1.5").size()).isEmpty();
    assertThat(space("a=0..2000000000", "b=1,2,3").size()).isEmpty();
    assertThat(space("a=0..9", "b=1,2,3").size()).hasValue(30);
  }
}
