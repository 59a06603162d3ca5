package org.virusmnist.report;

import java.util.List;

/**
 * A column of {@code history.csv} after Keras's five.
 *
 * @param name snake_case name with its unit, for instance {@code images_per_second}
 * @param values one number an epoch; NaN is an empty cell
 */
public record HistoryColumn(String name, List<Double> values) {
  /** Copies the list. */
  public HistoryColumn {
    values = List.copyOf(values);
  }
}
