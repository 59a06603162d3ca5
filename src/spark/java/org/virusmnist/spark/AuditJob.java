package org.virusmnist.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.virusmnist.audit.Neighbours;
import org.virusmnist.dataset.Labels;

/**
 * Test rows that the training set knows, equal or nearly.
 *
 * @param train CSV or Parquet of the training set
 * @param test CSV or Parquet of the test set
 * @param output a directory of Parquet files, one row for each test row with a neighbour: {@code
 *     row, hash, label}, of its nearest training row {@code other_row, other_hash, other_label},
 *     and {@code differing_bytes}
 * @param distance most differing bytes of neighbours
 * @param classCount labels are 0 to classCount − 1
 * @param partitions tasks that rows of each set are spread over; 0 chooses
 */
public record AuditJob(
    String train, String test, String output, int distance, int classCount, int partitions) {
  private static final String BYTES = "differing_bytes";
  private static final String KEY = "key";

  /**
   * What a job found.
   *
   * @param testRows rows of the test set
   * @param near how many of them have a neighbour within so many bytes, cumulative
   * @param conflicts test rows equal to a training row of another label
   * @param result rows written and put aside
   */
  public record Found(long testRows, List<Near> near, long conflicts, JobResult result) {}

  /** Test rows with a neighbour within so many differing bytes. */
  public record Near(int bytes, long rows) {}

  /**
   * Runs the job.
   *
   * @throws IOException if the output exists or an input cannot be read
   * @throws IllegalArgumentException if the distance is out of range
   */
  public Found run(SparkRun run) throws IOException {
    RowBlocks blocks = new RowBlocks(distance);
    return run.write(
        output,
        out -> {
          ImageTable trainImages = open(run, train);
          ImageTable testImages = open(run, test);
          neighbours(trainImages.rows(partitions), testImages.rows(partitions), blocks)
              .write()
              .parquet(out.table());
          long testRows = testImages.rows().count();
          testImages.requireUsed(testRows);
          Dataset<Row> damaged = trainImages.damaged().unionByName(testImages.damaged());
          return found(run, out, testRows, DamagedTable.write(damaged, out));
        });
  }

  private ImageTable open(SparkRun run, String input) throws IOException {
    return ImageTable.open(run.session(), input, classCount, Labels.OPTIONAL);
  }

  private Found found(SparkRun run, JobOutput out, long testRows, long damaged) {
    Dataset<Row> written = run.session().read().parquet(out.table()).cache();
    List<Near> near =
        Neighbours.DISTANCES.stream()
            .filter(bytes -> bytes <= distance)
            .map(bytes -> new Near(bytes, written.filter(col(BYTES).leq(bytes)).count()))
            .toList();
    long conflicts =
        written
            .filter(col(BYTES).equalTo(0).and(col("label").notEqual(col("other_label"))))
            .count();
    JobResult result = new JobResult(written.count(), damaged, out.damagedPath());
    return new Found(testRows, near, conflicts, result);
  }

  /** Returns each test row with a neighbour beside its nearest one; of several the first. */
  private static Dataset<Row> neighbours(Dataset<Row> train, Dataset<Row> test, RowBlocks blocks) {
    Dataset<Row> others = distinct(train);
    UDF2<byte[], byte[], Integer> distance = blocks::differingBytes;
    Column bytes =
        udf(distance, DataTypes.IntegerType).apply(col("pixels"), col("other_pixels")).as(BYTES);
    Dataset<Row> near =
        candidates(others, test, blocks)
            .join(test, "row")
            .join(others, "other_row")
            .select(
                col("row"),
                col("hash"),
                col("label"),
                col("other_row"),
                col("other_hash"),
                col("other_label"),
                bytes)
            .filter(col(BYTES).leq(blocks.distance()));
    Column nearest = struct(BYTES, "other_row", "other_hash", "other_label");
    return near.groupBy("row", "hash", "label")
        .agg(min(nearest).as("nearest"))
        .select(
            "row",
            "hash",
            "label",
            "nearest.other_row",
            "nearest.other_hash",
            "nearest.other_label",
            "nearest." + BYTES);
  }

  /** Of rows with equal pixels the first. */
  private static Dataset<Row> distinct(Dataset<Row> train) {
    return train
        .groupBy("pixels")
        .agg(min(struct("row", "hash", "label")).as("first"))
        .select(
            col("first.row").as("other_row"),
            col("first.hash").as("other_hash"),
            col("first.label").as("other_label"),
            col("pixels").as("other_pixels"));
  }

  /** Pairs of rows that share one of the test row's rarest blocks: every neighbour, and others. */
  private static Dataset<Row> candidates(Dataset<Row> others, Dataset<Row> test, RowBlocks blocks) {
    Dataset<Row> known = others.select(col("other_row"), keys(blocks, "other_pixels"));
    Dataset<Row> frequencies = known.groupBy(KEY).agg(count(lit(1)).as("frequency"));
    Column rarestFirst =
        row_number()
            .over(Window.partitionBy("row").orderBy(coalesce(col("frequency"), lit(0)), col(KEY)));
    Dataset<Row> rarest =
        test.select(col("row"), keys(blocks, "pixels"))
            .join(frequencies, new String[] {KEY}, "left")
            .withColumn("rank", rarestFirst)
            .filter(col("rank").leq(blocks.needed()).and(col("frequency").isNotNull()));
    return rarest.join(known, KEY).select("row", "other_row").distinct();
  }

  private static Column keys(RowBlocks blocks, String pixels) {
    UDF1<byte[], long[]> keys = blocks::keys;
    return explode(
            udf(keys, DataTypes.createArrayType(DataTypes.LongType, false)).apply(col(pixels)))
        .as(KEY);
  }
}
