package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.RunValues;

/**
 * A row that was predicted wrong.
 *
 * @param row its number in the test file
 * @param hash its hash, empty if it has none
 * @param trueClass the label
 * @param trueName number and name of the label
 * @param predictedClass the prediction
 * @param predictedName number and name of the prediction
 * @param confidence probability of the prediction
 * @param probabilities the most probable classes and, if it is not among them, the true one
 * @param allProbabilities of every class, on one line
 * @param image address of the picture, empty if it is not known
 */
record MistakeView(
    String row,
    String hash,
    int trueClass,
    String trueName,
    int predictedClass,
    String predictedName,
    String confidence,
    List<Probability> probabilities,
    String allProbabilities,
    String image) {
  private static final int MOST_PROBABLE = 3;

  /**
   * The probability of a class.
   *
   * @param name number and name of the class
   * @param percent as text
   * @param width in percent of the bar's room
   * @param isTrue whether it is the label
   */
  record Probability(String name, String percent, String width, boolean isTrue) {}

  static MistakeView of(RunValues run, PredictionBatch row) {
    return new MistakeView(
        Long.toString(row.row(0)),
        Objects.requireNonNullElse(row.hash(0), ""),
        row.label(0),
        run.label(row.label(0)),
        row.predicted(0),
        run.label(row.predicted(0)),
        Text.percent(row.confidence(0)),
        mostProbable(run, row),
        all(run, row),
        Picture.dataUri(run.images().grey(row.row(0))));
  }

  private static List<Probability> mostProbable(RunValues run, PredictionBatch row) {
    List<Integer> ranked = ranked(row);
    List<Integer> shown =
        new ArrayList<>(ranked.subList(0, Math.min(MOST_PROBABLE, ranked.size())));
    if (!shown.contains(row.label(0))) {
      shown.set(shown.size() - 1, row.label(0));
    }
    return shown.stream().map(c -> probability(run, row, c)).toList();
  }

  private static List<Integer> ranked(PredictionBatch row) {
    return IntStream.range(0, row.classCount())
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -row.probability(0, c)))
        .toList();
  }

  private static Probability probability(RunValues run, PredictionBatch row, int c) {
    double share = row.probability(0, c);
    return new Probability(
        run.label(c), Text.percent(share), Text.coordinate(100 * share), c == row.label(0));
  }

  private static String all(RunValues run, PredictionBatch row) {
    List<String> texts = new ArrayList<>();
    for (int c : ranked(row)) {
      texts.add(run.label(c) + " " + Text.percent(row.probability(0, c)));
    }
    return String.join(", ", texts);
  }
}
