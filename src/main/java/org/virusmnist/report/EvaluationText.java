package org.virusmnist.report;

import java.util.List;
import java.util.Locale;
import org.virusmnist.metrics.AverageScore;
import org.virusmnist.metrics.ClassScore;
import org.virusmnist.metrics.ClassificationReport;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.Evaluation;
import org.virusmnist.metrics.Interval;

/**
 * An evaluation as plain text for a terminal: monospaced columns, lines that end in a line feed.
 */
public final class EvaluationText {
  private EvaluationText() {}

  /**
   * Returns the table of precision, recall, F1 and support by class, with the averages below: the
   * layout of scikit-learn's {@code classification_report}.
   */
  public static String classTable(EvaluationResult result) {
    ClassificationReport report = result.evaluation().report();
    int width = width(result.classNames());
    StringBuilder text = new StringBuilder();
    text.append(" ".repeat(width)).append("  precision  recall      f1  support\n");
    for (ClassScore score : report.classes()) {
      AverageScore own = new AverageScore(score.precision(), score.recall(), score.f1());
      text.append(line(width, result.classNames().get(score.label()), own, score.support()));
    }
    text.append('\n');
    text.append(line(width, "macro average", report.macro(), result.evaluation().rows()));
    text.append(line(width, "weighted average", report.weighted(), result.evaluation().rows()));
    return text.toString();
  }

  /**
   * Returns the confusion matrix as counts, rows true, columns predicted; columns are numbered,
   * rows are numbered and named.
   */
  public static String matrix(NamedConfusionMatrix named) {
    int classCount = named.matrix().classCount();
    int width = width(named.classNames()) + 3;
    int cell = Math.max(5, Long.toString(named.matrix().total()).length() + 1);
    StringBuilder text = new StringBuilder(pad("true \\ predicted", width));
    for (int p = 0; p < classCount; p++) {
      text.append(String.format(Locale.ROOT, "%" + cell + "d", p));
    }
    for (int t = 0; t < classCount; t++) {
      text.append('\n').append(pad(t + "  " + named.classNames().get(t), width));
      for (int p = 0; p < classCount; p++) {
        text.append(String.format(Locale.ROOT, "%" + cell + "d", named.matrix().count(t, p)));
      }
    }
    return text.append('\n').toString();
  }

  /**
   * Returns the most confused pairs, one a line: true → predicted, rows, share of the true class.
   *
   * @param limit how many at most
   */
  public static String confusedPairs(NamedConfusionMatrix named, int limit) {
    int width = width(named.classNames());
    StringBuilder text = new StringBuilder();
    for (ConfusedPair pair : named.matrix().mostConfused(limit)) {
      text.append(pad(named.classNames().get(pair.trueClass()), width))
          .append(" → ")
          .append(pad(named.classNames().get(pair.predictedClass()), width))
          .append(
              String.format(
                  Locale.ROOT, "%6d rows %6.1f %%\n", pair.count(), 100 * pair.shareOfTrue()));
    }
    return text.toString();
  }

  /** Returns one line: accuracy with its 95 % interval, loss, macro F1, top-3 accuracy, rows. */
  public static String summary(Evaluation evaluation) {
    Interval interval = evaluation.accuracyInterval();
    return String.format(
        Locale.ROOT,
        "accuracy %.4f (95 %% interval %.4f to %.4f), loss %.4f, macro F1 %.4f, top-3 %.4f, %d rows",
        evaluation.accuracy(),
        interval.low(),
        interval.high(),
        evaluation.loss(),
        evaluation.macroF1(),
        evaluation.top3Accuracy(),
        evaluation.rows());
  }

  private static String line(int width, String name, AverageScore score, long support) {
    return String.format(
        Locale.ROOT,
        "%s  %9.3f  %6.3f  %6.3f  %7d\n",
        pad(name, width),
        score.precision(),
        score.recall(),
        score.f1(),
        support);
  }

  private static int width(List<String> names) {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    return Math.max(longest, "weighted average".length());
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
