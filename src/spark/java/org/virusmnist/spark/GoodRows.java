package org.virusmnist.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@link Columns#images} that are images; the others are counted.
 *
 * <p>A task that runs twice counts twice, so that a count says nothing but whether it is zero: then
 * no row is damaged, and nobody needs to read the input once more to look for such rows.
 */
final class GoodRows implements Iterator<Row> {
  private final Iterator<Row> all;
  private final LongAccumulator damaged;
  private @Nullable Row next;

  GoodRows(Iterator<Row> all, LongAccumulator damaged) {
    this.all = all;
    this.damaged = damaged;
  }

  @Override
  public boolean hasNext() {
    while (next == null && all.hasNext()) {
      Row row = all.next();
      if (row.isNullAt(Columns.REASON_AT)) {
        next = row;
      } else {
        damaged.add(1);
      }
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Row row = next;
    next = null;
    return row;
  }
}
