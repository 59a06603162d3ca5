package org.virusmnist.report.html;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.virusmnist.metrics.ConfusedPair;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.RunValues;

/**
 * What was predicted wrong.
 *
 * @param pairs the most confused pairs
 * @param mistakes the most confident mistakes first
 * @param total how many there are, shown or not
 * @param classes every class, for the filter
 * @param lacksImages whether pictures are not known
 */
record GalleryView(
    List<Pair> pairs,
    List<MistakeView> mistakes,
    int total,
    List<String> classes,
    boolean lacksImages) {
  private static final int PAIRS = 8;
  private static final int EXAMPLES = 6;
  private static final int SAMPLES = 3;

  /** Mistakes on a screen before somebody asks for more, and on paper. */
  static final int FIRST = 30;

  static final int PRINTED = 40;

  /** A page stays small: at 2 KB a mistake this many make about 1 MB. */
  private static final int MOST_SHOWN = 500;

  /**
   * A true class and the class it was taken for.
   *
   * @param trueName the label
   * @param predictedName the prediction
   * @param rows how many, as text
   * @param share of the true class, as text
   * @param link {@code TRUE-PREDICTED}
   * @param examples the most confident of them
   * @param trueSamples pictures of training rows of the true class
   * @param predictedSamples the same of the predicted class
   */
  record Pair(
      String trueName,
      String predictedName,
      String rows,
      String share,
      String link,
      List<MistakeView> examples,
      List<String> trueSamples,
      List<String> predictedSamples) {}

  /** Returns how many mistakes are printed, for a note on paper. */
  String printed() {
    return mistakes.size() > PRINTED
        ? "On paper: the %d most confident of %s mistakes.".formatted(PRINTED, Text.count(total))
        : "";
  }

  /** Returns how a mistake is left out at first: on the screen, on paper, on both or on none. */
  static String leftOut(int place) {
    return (place >= FIRST ? "later " : "") + (place >= PRINTED ? "unprinted" : "");
  }

  static GalleryView of(RunValues run) {
    List<PredictionBatch> mistakes = run.mistakes();
    List<MistakeView> shown =
        kept(mistakes, MOST_SHOWN).stream().map(row -> MistakeView.of(run, row)).toList();
    List<Pair> pairs =
        run.result().evaluation().matrix().mostConfused(PAIRS).stream()
            .map(pair -> pair(run, pair))
            .toList();
    return new GalleryView(
        pairs,
        shown,
        mistakes.size(),
        IntStream.range(0, run.classNames().size()).mapToObj(run::label).toList(),
        !mistakes.isEmpty() && run.images().size() == 0);
  }

  /**
   * Returns the mistakes that a page keeps, in their order: the first few of every pair of classes,
   * so that no cell of the matrix leads nowhere, and of the others the most confident.
   */
  static List<PredictionBatch> kept(List<PredictionBatch> mistakes, int most) {
    Map<String, Integer> ofPair = new HashMap<>();
    Set<Integer> kept = new TreeSet<>();
    for (int i = 0; i < mistakes.size() && kept.size() < most; i++) {
      PredictionBatch row = mistakes.get(i);
      if (ofPair.merge(row.label(0) + "-" + row.predicted(0), 1, Integer::sum) <= EXAMPLES) {
        kept.add(i);
      }
    }
    for (int i = 0; i < mistakes.size() && kept.size() < most; i++) {
      kept.add(i);
    }
    return kept.stream().map(mistakes::get).toList();
  }

  /** Returns what to say where a page does not keep all mistakes, empty where it does. */
  String leftOut() {
    return mistakes.size() < total
        ? "This page keeps %s of %s mistakes: some of every pair of classes, and the most confident. All are in misclassified.csv."
            .formatted(Text.count(mistakes.size()), Text.count(total))
        : "";
  }

  private static Pair pair(RunValues run, ConfusedPair pair) {
    List<MistakeView> examples =
        run.mistakes().stream()
            .filter(row -> row.label(0) == pair.trueClass())
            .filter(row -> row.predicted(0) == pair.predictedClass())
            .limit(EXAMPLES)
            .map(row -> MistakeView.of(run, row))
            .toList();
    return new Pair(
        run.label(pair.trueClass()),
        run.label(pair.predictedClass()),
        Text.rows(pair.count()),
        Text.percent(pair.shareOfTrue()),
        pair.trueClass() + "-" + pair.predictedClass(),
        examples,
        samples(run, pair.trueClass()),
        samples(run, pair.predictedClass()));
  }

  private static List<String> samples(RunValues run, int label) {
    return run.details().samples().stream()
        .filter(sample -> sample.label() == label)
        .limit(SAMPLES)
        .map(sample -> Picture.dataUri(sample.grey()))
        .toList();
  }
}
