package org.virusmnist.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.PredictionBatch;

/**
 * Probabilities for every image of an input, as Parquet with the columns of a run's {@code
 * predictions.csv}.
 *
 * @param model what predicts
 * @param tables what is read and written
 */
public record PredictJob(ModelSpec model, JobTables tables) {

  /**
   * Runs the job.
   *
   * @throws IOException if the output exists, or the input or the model cannot be used
   */
  public JobResult run(SparkRun run) throws IOException {
    int classes = tables.classCount();
    return ModelTable.write(
        run,
        model,
        tables,
        Columns.predictions(classes),
        (shipped, batch) -> predict(shipped, classes, batch));
  }

  private static List<Row> predict(ModelSpec.Shipped model, int classCount, ImageBatch batch) {
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
