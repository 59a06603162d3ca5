package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.virusmnist.report.Explanation;
import org.virusmnist.report.RunValues;

/**
 * Which bytes drove some decisions.
 *
 * @param introduction what is shown and how it was measured
 * @param rows the decisions, the worst first
 */
record ExplanationView(String introduction, List<Row> rows) {
  private static final int MOST_ROWS = 12;
  private static final int LISTED = 3;

  /** A page stays small: all bytes of a row take about 50 KB. */
  private static final int MOST_HEX = 3;

  /**
   * A decision.
   *
   * @param row number in the test file
   * @param trueName the label, empty if there is none
   * @param predictedName the prediction
   * @param confidence its probability
   * @param explainedName the class that is explained where it is not the prediction, else empty
   * @param agreement how far the two methods agree
   * @param figures how far the numbers can be trusted
   * @param groups the bytes that come first, in short lists
   * @param image the picture
   * @param overlay the picture with the bytes that mattered in colour
   * @param marks where the listed bytes are in the picture
   * @param hex every byte, empty where it is left out
   */
  record Row(
      String row,
      String trueName,
      String predictedName,
      String confidence,
      String explainedName,
      String agreement,
      String figures,
      List<Group> groups,
      String image,
      String overlay,
      List<Mark> marks,
      List<HexLine> hex) {}

  /** A short list of bytes, empty where no byte did that. */
  record Group(String title, List<ByteView> bytes) {}

  /** A pixel of the picture, in pixels from its corner, and what hovering says. */
  record Mark(int x, int y, String title) {}

  /**
   * A byte and its part in the decision.
   *
   * @param offset as hexadecimal number
   * @param value as hexadecimal number
   * @param field what it is in a PE header, empty if it is not known
   * @param attribution change of the logit, with its sign
   * @param occlusion drop of the log-probability without it, with its sign
   * @param isHighInBoth whether both methods have it among their largest values, with one sign
   */
  record ByteView(
      String offset,
      String value,
      String field,
      String attribution,
      String occlusion,
      boolean isHighInBoth) {}

  /** Returns what a page shows, or null where nothing was explained. */
  static @Nullable ExplanationView of(RunValues run) {
    List<Explanation> known =
        run.explanations().rows().stream()
            .filter(row -> isKnown(row, run.classNames().size()))
            .limit(MOST_ROWS)
            .toList();
    if (known.isEmpty()) {
      return null;
    }
    List<Row> rows = known.stream().map(row -> row(run, row, known.indexOf(row))).toList();
    return new ExplanationView(introduction(run), rows);
  }

  private static boolean isKnown(Explanation row, int classes) {
    Integer label = row.label();
    return isClass(row.predicted(), classes)
        && isClass(row.explainedClass(), classes)
        && (label == null || isClass(label, classes));
  }

  private static boolean isClass(int value, int classes) {
    return value >= 0 && value < classes;
  }

  private static String introduction(RunValues run) {
    String whose = run.explanations().explains();
    return String.format(
        Locale.ROOT,
        "Attribution says how far a byte pushed the score (logit) of the class the row was taken"
            + " for, + towards that class and − away from it: integrated gradients from a black image"
            + " in %d steps%s. Occlusion asks another question: how much of the log-probability, in"
            + " nats, goes when that byte alone is set to zero. Where they disagree, rely on neither."
            + " ● marks bytes that are among the %d largest of both, with the same sign; [3] is the"
            + " fourth byte of a field.",
        run.explanations().steps(),
        whose.isEmpty() ? "" : ", " + whose,
        ByteLists.HIGH);
  }

  private static Row row(RunValues run, Explanation row, int number) {
    Integer label = row.label();
    ByteLists lists = new ByteLists(row);
    return new Row(
        Long.toString(row.row()),
        label == null ? "" : run.label(label),
        run.label(row.predicted()),
        Text.percent(row.probability()),
        row.explainedClass() == row.predicted() ? "" : run.label(row.explainedClass()),
        agreement(row),
        figures(row),
        groups(run, row, lists),
        Picture.dataUri(row.grey()),
        Picture.overlay(row.grey(), row.attributions()),
        marks(row, lists),
        number < MOST_HEX ? HexLine.of(row) : List.of());
  }

  /** Returns how far attribution and occlusion agree on a row, and what to make of it. */
  static String agreement(Explanation row) {
    Double correlation = row.occlusionRankCorrelation();
    if (correlation == null) {
      return "How far the two methods agree is not known here.";
    }
    String figure = "rank correlation " + Text.number(correlation);
    if (correlation >= 0.7) {
      return "The two methods agree well here (%s).".formatted(figure);
    }
    if (correlation >= 0.4) {
      return "The two methods agree in part here (%s).".formatted(figure);
    }
    return correlation > 0
        ? "The two methods agree little here (%s): treat the bytes as a hint.".formatted(figure)
        : "The two methods disagree here (%s): rely on neither.".formatted(figure);
  }

  private static String figures(Explanation row) {
    return String.format(
        Locale.ROOT,
        "Logit %s, of a black image %s; the attributions add up to the difference within %.1f %%.",
        Text.number(row.logit()),
        Text.number(row.baselineLogit()),
        100 * row.relativeGap());
  }

  private static List<Group> groups(RunValues run, Explanation row, ByteLists lists) {
    Integer label = row.label();
    boolean isWrong = label != null && label != row.explainedClass();
    String name = run.label(row.explainedClass());
    return List.of(
        group(
            isWrong ? "Pushed towards the wrong class, " + name : "Pushed towards " + name,
            row,
            lists,
            lists.towards(LISTED)),
        group("Held against it", row, lists, lists.against(LISTED)),
        group("Cost it most when set to zero (occlusion)", row, lists, lists.missed(LISTED)));
  }

  private static Group group(
      String title, Explanation row, ByteLists lists, List<Integer> offsets) {
    return new Group(
        title, offsets.stream().map(i -> byteView(row, i, lists.isHighInBoth(i))).toList());
  }

  private static ByteView byteView(Explanation row, int i, boolean isHighInBoth) {
    return new ByteView(
        HexLine.offset(i),
        value(row, i),
        row.fieldAt(i),
        Text.signed(row.attributions()[i], 3),
        Text.signed(row.occlusion()[i], 3),
        isHighInBoth);
  }

  private static String value(Explanation row, int i) {
    return HexLine.value(Byte.toUnsignedInt(row.grey()[i]));
  }

  private static List<Mark> marks(Explanation row, ByteLists lists) {
    int side = (int) Math.round(Math.sqrt(row.attributions().length));
    Set<Integer> listed = new LinkedHashSet<>(lists.towards(LISTED));
    listed.addAll(lists.against(LISTED));
    listed.addAll(lists.missed(LISTED));
    List<Mark> marks = new ArrayList<>();
    for (int i : listed) {
      marks.add(new Mark(i % side, i / side, (HexLine.offset(i) + " " + row.fieldAt(i)).strip()));
    }
    return marks;
  }

  /** Returns the bytes that pushed most towards the class as a list, and how far to believe it. */
  static String mostImportant(Explanation row) {
    List<String> bytes =
        new ByteLists(row)
            .towards(LISTED).stream()
                .map(
                    i ->
                        "%s = %s %s"
                            .formatted(HexLine.offset(i), value(row, i), row.fieldAt(i))
                            .strip())
                .toList();
    return bytes.isEmpty()
        ? "No byte pushed towards it."
        : "Pushed most towards it: %s. %s".formatted(Words.list(bytes), agreement(row));
  }
}
