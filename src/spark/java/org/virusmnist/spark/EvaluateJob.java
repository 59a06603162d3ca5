package org.virusmnist.spark;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Evaluator;
import org.virusmnist.metrics.PredictionBatch;

/**
 * Scores a model on labelled images; every task counts its own rows, and counts are added up.
 *
 * @param model what predicts
 * @param tables what is read, where a row without a label is put aside; of the output the side
 *     table alone is written, with {@code -damaged} behind its name
 */
public record EvaluateJob(ModelSpec model, JobTables tables) {

  /**
   * What a job found.
   *
   * @param evaluation the scores
   * @param result rows scored and put aside
   */
  public record Scores(Evaluation evaluation, JobResult result) {}

  /**
   * Runs the job.
   *
   * @throws IOException if the side table exists, or the input or the model cannot be used
   */
  public Scores run(SparkRun run) throws IOException {
    String output = tables.output();
    run.requireNew(output);
    return SparkRun.guarded(
        () -> {
          ImageTable images =
              ImageTable.open(run.session(), tables.data(), tables.classCount(), Labels.REQUIRED);
          LongAccumulator seen = run.session().sparkContext().longAccumulator("damaged rows");
          Evaluation evaluation = evaluate(run.ship(model), images.all(tables.partitions()), seen);
          return new Scores(
              evaluation, run.result(output, images, evaluation.rows(), seen.value()));
        });
  }

  private Evaluation evaluate(
      ModelSpec.Shipped shipped, JavaRDD<Row> rows, LongAccumulator damaged) {
    int classes = tables.classCount();
    return rows.mapPartitions(
            part -> List.of(evaluate(shipped, classes, new GoodRows(part, damaged))).iterator())
        .fold(new Evaluator(classes), Evaluator::add)
        .evaluation();
  }

  private static Evaluator evaluate(ModelSpec.Shipped model, int classCount, Iterator<Row> rows) {
    Evaluator evaluator = new Evaluator(classCount);
    while (rows.hasNext()) {
      ImageBatch batch = ImageBatch.take(rows, model.batchSize());
      ImageSet images = batch.labelledImages();
      BatchScores scores =
          ExecutorModel.call(model, open -> open.evaluate(images, 0, images.size()));
      PredictionBatch predictions =
          PredictionBatch.of(0, classCount, scores.probabilities()).withLabels(batch.labels());
      evaluator.add(predictions, scores.losses());
    }
    return evaluator;
  }
}
