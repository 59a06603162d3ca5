package org.virusmnist.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** The side table of a job: what could not be used, and why. */
final class DamagedTable {
  private static final String SUFFIX = "-damaged";

  private DamagedTable() {}

  /** Returns where the side table of an output is. */
  static String path(String output) {
    return (output.endsWith("/") ? output.substring(0, output.length() - 1) : output) + SUFFIX;
  }

  /**
   * Writes the side table, unless nothing is damaged.
   *
   * @return how many rows it has
   */
  static long write(Dataset<Row> damaged, JobOutput output) {
    Dataset<Row> table = damaged.select(Columns.FILE, Columns.ROW, Columns.REASON).cache();
    try {
      long rows = table.count();
      if (rows > 0) {
        table.coalesce(1).write().mode(SaveMode.ErrorIfExists).parquet(output.damaged());
      }
      return rows;
    } finally {
      table.unpersist();
    }
  }
}
