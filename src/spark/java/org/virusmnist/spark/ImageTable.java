package org.virusmnist.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.Labels;

/** The images of an input, CSV or Parquet, good rows and damaged ones. */
final class ImageTable {
  private final SparkSession spark;
  private final Dataset<Row> all;
  private final @Nullable JavaRDD<Row> csv;
  private final @Nullable ParquetInput parquet;

  private ImageTable(
      SparkSession spark,
      Dataset<Row> all,
      @Nullable JavaRDD<Row> csv,
      @Nullable ParquetInput parquet) {
    this.spark = spark;
    this.all = all;
    this.csv = csv;
    this.parquet = parquet;
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
      JavaRDD<Row> csv = CsvInput.read(spark, files, classCount, labels);
      return new ImageTable(spark, spark.createDataFrame(csv, Columns.images()), csv, null);
    }
    ParquetInput parquet = new ParquetInput(spark, files);
    return new ImageTable(spark, parquet.read(classCount, labels), null, parquet);
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
   * <p>Rows of CSV files that need no spreading are passed on as they are read, not through Spark's
   * own form of rows and back.
   */
  JavaRDD<Row> all(int partitions) {
    return csv != null && partitions == 0 && csv.getNumPartitions() >= cores()
        ? csv
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

  /** Returns the rows that are no images, with file and reason. */
  Dataset<Row> damaged() {
    return all.filter(col(Columns.REASON).isNotNull());
  }

  /**
   * Returns the damaged rows as {@link #damaged(long)} does, or nothing, without looking for them,
   * where the job met none and lost none.
   *
   * @param goodRows how many good rows the job met
   * @param seen 0 if the job met no damaged row
   */
  Optional<Dataset<Row>> damaged(long goodRows, long seen) {
    boolean isWhole = parquet == null || goodRows >= parquet.promisedRows();
    return seen == 0 && isWhole && !hasFaultyFiles()
        ? Optional.empty()
        : Optional.of(damaged(goodRows));
  }

  private boolean hasFaultyFiles() {
    return parquet != null && parquet.hasFaults();
  }

  /**
   * Returns the damaged rows, with the files that could be unpacked in part only.
   *
   * @param goodRows how many good rows the job met; from this it is known whether any were lost
   */
  Dataset<Row> damaged(long goodRows) {
    Dataset<Row> damaged = damaged();
    if (parquet == null || goodRows + damaged.count() >= parquet.promisedRows()) {
      return damaged;
    }
    return damaged.unionByName(parquet.lostRows());
  }
}
