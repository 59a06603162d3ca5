package org.virusmnist.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.metrics.PredictionBatch;

/**
 * Probabilities for every image of an input.
 *
 * @param model what predicts
 * @param classCount its number of classes, C
 * @param data CSV or Parquet
 * @param output a directory of Parquet files with the columns of a run's {@code predictions.csv}
 * @param partitions tasks; 0 chooses
 */
public record PredictJob(
    ModelSpec model, int classCount, String data, String output, int partitions) {

  /**
   * Runs the job.
   *
   * @throws IOException if the output exists, or the input or the model cannot be used
   */
  public JobResult run(SparkRun run) throws IOException {
    run.requireNew(output);
    return SparkRun.guarded(
        () -> {
          ImageTable images = ImageTable.open(run.session(), data, classCount, Labels.OPTIONAL);
          predictions(run, images).write().parquet(output);
          long rows = run.session().read().parquet(output).count();
          long damaged = DamagedTable.write(images.damaged(rows), output);
          return new JobResult(rows, damaged, DamagedTable.path(output));
        });
  }

  private Dataset<Row> predictions(SparkRun run, ImageTable images) throws IOException {
    ModelSpec.Shipped shipped = run.ship(model);
    int classes = classCount;
    MapPartitionsFunction<Row, Row> predict =
        rows -> new Batches(rows, shipped.batchSize(), batch -> predict(shipped, classes, batch));
    return images
        .rows(partitions)
        .mapPartitions(predict, Encoders.row(Columns.predictions(classCount)));
  }

  static List<Row> predict(ModelSpec.Shipped model, int classCount, ImageBatch batch) {
    ImageSet images = batch.images();
    float[] probabilities =
        ExecutorModel.call(model, open -> open.predict(images, 0, images.size()));
    PredictionBatch predictions = PredictionBatch.of(0, classCount, probabilities);
    List<Row> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      @Nullable Object[] cells = new @Nullable Object[5 + classCount];
      cells[0] = batch.row(i);
      cells[1] = batch.hash(i);
      cells[2] = batch.label(i);
      cells[3] = predictions.predicted(i);
      cells[4] = predictions.confidence(i);
      for (int c = 0; c < classCount; c++) {
        cells[5 + c] = predictions.probability(i, c);
      }
      rows.add(RowFactory.create(cells));
    }
    return rows;
  }
}
