package org.virusmnist.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Features;

/**
 * What the base says of every image of an input, as Parquet with {@code row, hash, label,
 * features}.
 *
 * @param model whose base computes
 * @param tables what is read and written
 */
public record FeaturesJob(ModelSpec model, JobTables tables) {

  /**
   * Runs the job.
   *
   * @throws IOException if the output exists, or the input or the model cannot be used
   */
  public JobResult run(SparkRun run) throws IOException {
    return ModelTable.write(run, model, tables, Columns.features(), FeaturesJob::features);
  }

  private static List<Row> features(ModelSpec.Shipped model, ImageBatch batch) {
    ImageSet images = batch.images();
    float[] values = ExecutorModel.call(model, open -> features(open, images));
    int featureCount = values.length / batch.size();
    List<Row> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      float[] own = Arrays.copyOfRange(values, i * featureCount, (i + 1) * featureCount);
      rows.add(RowFactory.create(batch.row(i), batch.hash(i), batch.label(i), own));
    }
    return rows;
  }

  private static float[] features(ClassifierModel model, ImageSet images) {
    try (Features features = model.newFeatures(images.size())) {
      model.features(images, 0, images.size(), features);
      float[] values = new float[images.size() * features.featureCount()];
      features.read(0, values);
      return values;
    }
  }
}
