package org.virusmnist.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * What the footers of Parquet files say, in the order of the files.
 *
 * @param whole files that are Parquet, with the number of their first row in the whole input
 * @param faults the others, with the reason
 */
record ParquetFooters(List<Footer> whole, List<Footer> faults) {
  private static final int FILES_PER_TASK = 64;

  /**
   * One file.
   *
   * @param file its path
   * @param firstRow rows in the files before it
   * @param rows rows in it
   * @param fault why it cannot be read, or empty
   */
  record Footer(String file, long firstRow, long rows, String fault) implements Serializable {
    private static final long serialVersionUID = 1L;

    Footer startingAt(long row) {
      return new Footer(file, row, rows, fault);
    }
  }

  /** Reads all footers, in parallel. */
  static ParquetFooters read(SparkSession spark, InputFiles input) {
    List<String> paths = Arrays.asList(input.paths());
    int tasks = 1 + paths.size() / FILES_PER_TASK;
    HadoopSettings settings = HadoopSettings.of(spark);
    List<Footer> footers =
        new JavaSparkContext(spark.sparkContext())
            .parallelize(paths, tasks)
            .map(file -> footer(file, settings.get()))
            .collect();
    List<Footer> whole = new ArrayList<>();
    List<Footer> faults = new ArrayList<>();
    long row = 0;
    for (Footer footer : footers) {
      if (footer.fault().isEmpty()) {
        whole.add(footer.startingAt(row));
        row += footer.rows();
      } else {
        faults.add(footer);
      }
    }
    return new ParquetFooters(whole, faults);
  }

  /** Returns the rows of all files that can be read. */
  long rows() {
    return whole.stream().mapToLong(Footer::rows).sum();
  }

  /** Returns the files that cannot be read as {@link Columns#images} with a reason. */
  Dataset<Row> damaged(SparkSession spark) {
    List<Row> rows = faults.stream().map(f -> damagedRow(f.file(), f.fault())).toList();
    return spark.createDataFrame(rows, Columns.images());
  }

  static Row damagedRow(String file, String reason) {
    return RowFactory.create(null, null, null, null, null, null, file, reason);
  }

  private static Footer footer(String file, Configuration settings) throws IOException {
    Path path = new Path(file);
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, settings))) {
      return new Footer(file, 0, reader.getRecordCount(), "");
    } catch (RuntimeException e) { // "is not a Parquet file", "corrupted file"
      return new Footer(file, 0, 0, Damage.noParquet(e));
    }
  }
}
