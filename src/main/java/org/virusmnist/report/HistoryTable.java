package org.virusmnist.report;

import java.util.List;
import org.virusmnist.metrics.History;

/**
 * What {@code history.csv} holds.
 *
 * @param history epoch, loss and accuracy: Keras's five columns
 * @param columns further columns, in their order
 */
public record HistoryTable(History history, List<HistoryColumn> columns) {
  /**
   * Copies the list and checks the columns.
   *
   * @throws IllegalArgumentException if a column does not have one value an epoch
   */
  public HistoryTable {
    columns = List.copyOf(columns);
    for (HistoryColumn column : columns) {
      if (column.values().size() != history.size()) {
        throw new IllegalArgumentException(
            "column %s has %d values for %d epochs"
                .formatted(column.name(), column.values().size(), history.size()));
      }
    }
  }
}
