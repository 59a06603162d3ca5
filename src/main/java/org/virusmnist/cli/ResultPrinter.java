package org.virusmnist.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.metrics.AverageScore;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.ClassificationReport;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Interval;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Score;

/** Prints scores as text: results go to stdout. */
final class ResultPrinter {
  private static final int SAMPLES = 10;
  private static final int PAIRS = 5;

  private final PrintWriter out;
  private final ClassNames names;

  ResultPrinter(PrintWriter out, ClassNames names) {
    this.out = out;
    this.names = names;
  }

  /** Prints the table by class, the most confused pairs and the scores over all rows. */
  void print(Evaluation evaluation) {
    printReport(evaluation.report());
    out.println();
    printPairs(evaluation.matrix().mostConfused(PAIRS));
    Interval interval = evaluation.accuracyInterval();
    print(
        "Test accuracy %.4f (95 %% interval %.4f to %.4f), loss %.4f, macro F1 %.4f, %,d rows",
        evaluation.accuracy(),
        interval.low(),
        interval.high(),
        evaluation.loss(),
        evaluation.macroF1(),
        evaluation.rows());
  }

  void printTraining(Score score) {
    print("Train accuracy %.4f, loss %.4f", score.accuracy(), score.loss());
  }

  private void printReport(ClassificationReport report) {
    TextTable table = new TextTable("lrrrr").row("class", "precision", "recall", "F1", "rows");
    for (ClassScore score : report.classes()) {
      table.row(
          label(score.label()),
          number(score.precision()),
          number(score.recall()),
          number(score.f1()),
          String.format(Locale.ROOT, "%,d", score.support()));
    }
    average(table, "macro average", report.macro());
    average(table, "weighted average", report.weighted());
    table.print(out);
  }

  private static void average(TextTable table, String name, AverageScore score) {
    table.row(name, number(score.precision()), number(score.recall()), number(score.f1()));
  }

  private void printPairs(List<ConfusedPair> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    out.println("Most confused");
    TextTable table = new TextTable("lrr");
    for (ConfusedPair pair : pairs) {
      table.row(
          "  %s taken for %s".formatted(label(pair.trueClass()), label(pair.predictedClass())),
          String.format(Locale.ROOT, "%,d", pair.count()),
          String.format(Locale.ROOT, "%.1f %% of the class", 100 * pair.shareOfTrue()));
    }
    table.print(out);
    out.println();
  }

  /** Prints predictions beside true labels, one in every few rows of the whole test set. */
  void printSamples(List<PredictionBatch> batches) {
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
