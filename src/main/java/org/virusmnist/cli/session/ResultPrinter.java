package org.virusmnist.cli.session;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.metrics.Score;
import org.virusmnist.report.EvaluationResult;
import org.virusmnist.report.EvaluationText;

/** Prints scores as text: results go to stdout. */
public final class ResultPrinter {
  private static final int SAMPLES = 10;
  private static final int PAIRS = 5;

  private final PrintWriter out;
  private final ClassNames names;

  /** Prints results with the names of their classes. */
  public ResultPrinter(PrintWriter out, ClassNames names) {
    this.out = out;
    this.names = names;
  }

  /** Prints the confusion matrix, the scores by class, the most confused pairs and the summary. */
  public void print(Evaluation evaluation) {
    print("Test", evaluation);
  }

  /** Prints the same of rows that are called something else. */
  public void print(String rows, Evaluation evaluation) {
    EvaluationResult result = new EvaluationResult(names.toList(), evaluation, null);
    out.println(EvaluationText.matrix(result.namedMatrix()));
    out.println(EvaluationText.classTable(result));
    if (evaluation.matrix().correct() < evaluation.rows()) {
      out.println("Most confused, true → predicted");
      out.println(EvaluationText.confusedPairs(result.namedMatrix(), PAIRS));
    }
    out.println(rows + " " + EvaluationText.summary(evaluation));
  }

  /** Prints accuracy and loss on the training rows. */
  public void printTraining(Score score) {
    print("Train accuracy %.4f, loss %.4f", score.accuracy(), score.loss());
  }

  /** Prints what a temperature does to the calibration, or why the one fitted is not taken. */
  public void printScaling(Scaled scaled) {
    print("Uncalibrated: %s; %s", calibration(scaled.before()), scaling(scaled));
  }

  private static String scaling(Scaled scaled) {
    if (scaled.isLimited()) {
      return String.format(
          Locale.ROOT,
          "no temperature: %.3f fits %d validation rows, but without --groups or --validation these"
              + " are too like the training rows to make a model surer",
          scaled.fitted().temperature(),
          scaled.validationRows());
    }
    return String.format(
        Locale.ROOT,
        "with temperature %.3f, fitted on %d validation rows: %s",
        scaled.scaling().temperature(),
        scaled.validationRows(),
        calibration(scaled.after()));
  }

  private static String calibration(Calibration calibration) {
    return String.format(
        Locale.ROOT,
        "calibration error %.4f, negative log-likelihood %.4f",
        calibration.expectedError(),
        calibration.negativeLogLikelihood());
  }

  /** Prints predictions beside true labels, one in every few rows of the whole test set. */
  public void printSamples(List<PredictionBatch> batches) {
    long rows = batches.stream().mapToLong(PredictionBatch::size).sum();
    long every = Math.max(1, rows / SAMPLES);
    TextTable table = new TextTable("rllrl").row("row", "true", "predicted", "probability", "");
    for (PredictionBatch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.row(i) % every == 0 && batch.row(i) / every < SAMPLES) {
          table.row(
              Long.toString(batch.row(i)),
              label(batch.label(i)),
              label(batch.predicted(i)),
              number(batch.confidence(i)),
              batch.isCorrect(i) ? "" : "wrong");
        }
      }
    }
    table.print(out);
    out.println();
  }

  private String label(int label) {
    String number = Integer.toString(label);
    return names.name(label).equals(number) ? number : number + " " + names.name(label);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
