package org.virusmnist.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.dataset.Labels;

/** The images of an input, CSV or Parquet, good rows and damaged ones. */
final class ImageTable {
  private static final long UNKNOWN = -1;

  private final SparkSession spark;
  private final String name;
  private final JavaRDD<Row> read;
  private final Dataset<Row> all;
  private final long promisedRows;

  private ImageTable(SparkSession spark, String name, JavaRDD<Row> read, long promisedRows) {
    this.spark = spark;
    this.name = name;
    this.read = read;
    this.all = spark.createDataFrame(read, Columns.images());
    this.promisedRows = promisedRows;
  }

  /**
   * Opens an input. Of Parquet footers are read, of CSV in several pieces all lines, to number
   * them.
   *
   * @param classCount labels are 0 to classCount − 1
   * @throws IOException if there is no such input or it holds no images
   */
  static ImageTable open(SparkSession spark, String input, int classCount, Labels labels)
      throws IOException {
    InputFiles files = InputFiles.of(input, spark.sessionState().newHadoopConf());
    if (files.kind() == InputFiles.Kind.CSV) {
      return new ImageTable(spark, input, CsvInput.read(spark, files, classCount, labels), UNKNOWN);
    }
    ParquetInput parquet = new ParquetInput(spark, files);
    return new ImageTable(spark, input, parquet.read(classCount, labels), parquet.promisedRows());
  }

  /**
   * Refuses an input of which nothing could be used.
   *
   * @param goodRows how many good rows the job met
   * @throws DatasetFormatException if none and there is something else; it names the first fault
   */
  void requireUsed(long goodRows) throws DatasetFormatException {
    List<Row> first = goodRows > 0 ? List.of() : damaged().takeAsList(1);
    if (!first.isEmpty()) {
      String file = first.get(0).getAs(Columns.FILE);
      String reason = first.get(0).getAs(Columns.REASON);
      throw new DatasetFormatException(
          Path.of(name), 0, 0, "no row can be used; %s: %s".formatted(file, reason));
    }
  }

  /** Returns the rows that are images: {@link Columns#images}, {@code reason} null. */
  Dataset<Row> rows() {
    return all.filter(col(Columns.REASON).isNull());
  }

  /**
   * Returns the rows as {@link #rows} does, spread over enough tasks for the cluster.
   *
   * @param partitions how many tasks; 0 for one per core where the files give fewer
   */
  Dataset<Row> rows(int partitions) {
    return spread(rows(), partitions);
  }

  /**
   * Returns good and damaged rows, spread over tasks as {@link #rows(int)} does.
   *
   * <p>Rows that need no spreading are passed on as they are read, not through Spark's own form of
   * rows and back.
   */
  JavaRDD<Row> all(int partitions) {
    return partitions == 0 && read.getNumPartitions() >= cores()
        ? read
        : spread(all, partitions).javaRDD();
  }

  private Dataset<Row> spread(Dataset<Row> rows, int partitions) {
    if (partitions > 0) {
      return rows.repartition(partitions);
    }
    return rows.rdd().getNumPartitions() < cores() ? rows.repartition(cores()) : rows;
  }

  private int cores() {
    return spark.sparkContext().defaultParallelism();
  }

  /** Returns the rows that are no images, with file and reason; the input is read for them. */
  Dataset<Row> damaged() {
    return all.filter(col(Columns.REASON).isNotNull());
  }

  /**
   * Returns the damaged rows as {@link #damaged()} does, or nothing, without looking for them,
   * where the job met none.
   *
   * @param goodRows how many good rows the job met
   * @param seen 0 if the job met no damaged row
   * @throws IOException if it met fewer rows than the input has
   */
  Optional<Dataset<Row>> damaged(long goodRows, long seen) throws IOException {
    if (seen > 0) {
      return Optional.of(damaged());
    }
    if (goodRows < promisedRows) {
      throw new IOException(
          "the job met %d of %d rows and no damaged ones. Run it again."
              .formatted(goodRows, promisedRows));
    }
    return Optional.empty();
  }
}
