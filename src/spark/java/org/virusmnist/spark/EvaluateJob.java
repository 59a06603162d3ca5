package org.virusmnist.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
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
 * @param tables what is read, where a row without a label is put aside, and where the files of
 *     scores go, on any file system that Hadoop knows
 * @param report writes these files
 */
public record EvaluateJob(ModelSpec model, JobTables tables, Report report) {

  /** Writes scores as files. */
  @FunctionalInterface
  public interface Report {
    /**
     * Writes files.
     *
     * @param directory an empty directory on this machine, whose files are the job's output
     * @param evaluation the scores
     */
    void write(Path directory, Evaluation evaluation) throws IOException;
  }

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
   * @throws IOException if the output exists, or the input or the model cannot be used
   */
  public Scores run(SparkRun run) throws IOException {
    return run.write(
        tables.output(),
        out -> {
          ImageTable images =
              ImageTable.open(run.session(), tables.data(), tables.classCount(), Labels.REQUIRED);
          LongAccumulator seen = run.session().sparkContext().longAccumulator("damaged rows");
          Evaluation evaluation = evaluate(run.ship(model), images.all(tables.partitions()), seen);
          JobResult result = run.result(out, images, evaluation.rows(), seen.value());
          write(evaluation, out);
          return new Scores(evaluation, result);
        });
  }

  private void write(Evaluation evaluation, JobOutput out) throws IOException {
    Path directory = Files.createTempDirectory("evaluation");
    try {
      report.write(directory, evaluation);
      try (Stream<Path> written = Files.list(directory)) {
        for (Path file : written.sorted().toList()) {
          out.add(file);
          Files.delete(file);
        }
      }
    } finally {
      Files.deleteIfExists(directory);
    }
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
