package org.virusmnist.spark;

import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.dataset.Labels;

/**
 * Rows of Parquet files that have a binary column {@code pixels} and may have {@code label, hash,
 * path, recipe}, each file as its own footer says.
 *
 * <p>Rows are numbered in the order of the files, known from their footers alone. Spark's own
 * reader is not used: it takes the columns of the first file for those of all, and leaves out the
 * rest of a file at any fault without saying so.
 */
final class ParquetInput {
  private final SparkSession spark;
  private final ParquetFooters footers;

  /**
   * Reads the footers.
   *
   * @throws DatasetFormatException if no file has images
   */
  ParquetInput(SparkSession spark, InputFiles input) throws DatasetFormatException {
    this.spark = spark;
    this.footers = ParquetFooters.ofImages(spark, input);
    if (footers.whole().isEmpty() && footers.faults().size() == input.files().size()) {
      ParquetFooters.Fault first = footers.faults().get(0);
      throw new DatasetFormatException(
          java.nio.file.Path.of(input.name()),
          0,
          0,
          "no file can be used; %s %s".formatted(first.file(), first.reason()));
    }
  }

  /** Returns how many rows the footers promise. */
  long promisedRows() {
    return footers.rows();
  }

  /** Reads all files as {@link Columns#images}; a faulty row or file is a row with a reason. */
  JavaRDD<Row> read(int classCount, Labels labels) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    HadoopSettings settings = HadoopSettings.of(spark);
    List<List<RowGroup>> tasks = tasks();
    JavaRDD<Row> rows =
        context
            .parallelize(tasks, Math.max(1, tasks.size()))
            .flatMap(
                groups ->
                    closedByTask(new ParquetRows(groups, settings.get(), classCount, labels)));
    List<Row> faults = footers.faults().stream().map(ParquetFooters.Fault::asRow).toList();
    return faults.isEmpty() ? rows : rows.union(context.parallelize(faults, 1));
  }

  private static ParquetRows closedByTask(ParquetRows rows) {
    TaskCompletionListener close = context -> rows.close();
    TaskContext.get().addTaskCompletionListener(close);
    return rows;
  }

  /** As many bytes a task as Spark reads of files. */
  private List<List<RowGroup>> tasks() {
    long most = spark.sessionState().conf().filesMaxPartitionBytes();
    long openCost = spark.sessionState().conf().filesOpenCostInBytes();
    long all = footers.whole().stream().mapToLong(group -> group.bytes() + openCost).sum();
    long perCore = all / spark.sparkContext().defaultParallelism();
    return RowGroup.tasks(footers.whole(), Math.min(most, Math.max(openCost, perCore)), openCost);
  }
}
