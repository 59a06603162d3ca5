package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.virusmnist.spark.CsvNumbers.Counted;
import org.virusmnist.spark.CsvNumbers.Place;

/** A row has the same number however a file is cut. */
class CsvNumbersTest {
  @Test
  void countsBlankLinesBetweenPiecesAndNotThoseAtTheEndOfAFile() {
    Map<String, Place> places =
        CsvNumbers.places(
            List.of(
                new Counted("a:0", "a", 10, 2),
                new Counted("a:1", "a", 5, 5),
                new Counted("a:2", "a", 4, 1),
                new Counted("a:3", "a", 3, 3),
                new Counted("b:0", "b", 6, 0)));

    assertThat(places)
        .containsOnly(
            Map.entry("a:0", new Place(0, false)),
            Map.entry("a:1", new Place(10, false)),
            Map.entry("a:2", new Place(15, true)),
            Map.entry("a:3", new Place(18, true)),
            Map.entry("b:0", new Place(18, true)));
  }

  @Test
  void anInputMayBeEmpty() {
    assertThat(CsvNumbers.places(List.of())).isEmpty();
  }
}
