package org.virusmnist.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.virusmnist.dataset.Labels;

/** Writes a table with what a model makes of every image. */
final class ModelTable {
  /** Of Parquet's writer; only columns whose values repeat gain by it. */
  private static final String DICTIONARY = "parquet.enable.dictionary";

  private ModelTable() {}

  /** Makes rows of a batch; runs on executors. */
  @FunctionalInterface
  interface Work extends Serializable {
    List<Row> apply(ModelSpec.Shipped model, ImageBatch batch);
  }

  /**
   * Runs a job.
   *
   * @throws IOException if the output exists, or the input or the model cannot be used
   */
  static JobResult write(
      SparkRun run, ModelSpec model, JobTables tables, StructType schema, Work work)
      throws IOException {
    return run.write(
        tables.output(),
        out -> {
          ImageTable images =
              ImageTable.open(run.session(), tables.data(), tables.classCount(), Labels.OPTIONAL);
          ModelSpec.Shipped shipped = run.ship(model);
          LongAccumulator damaged = run.session().sparkContext().longAccumulator("damaged rows");
          FlatMapFunction<Iterator<Row>, Row> make =
              rows ->
                  new Batches(
                      new GoodRows(rows, damaged),
                      shipped.batchSize(),
                      batch -> work.apply(shipped, batch));
          JavaRDD<Row> made = images.all(tables.partitions()).mapPartitions(make);
          run.session()
              .createDataFrame(made, schema)
              .write()
              .option(DICTIONARY, false)
              .option(DICTIONARY + "#" + Columns.LABEL, true)
              .option(DICTIONARY + "#" + Columns.PREDICTED, true)
              .parquet(out.table());
          return run.result(out, images, run.rowsOf(out.table()), damaged.value());
        });
  }
}
