package org.virusmnist.report.html;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.virusmnist.report.Explanation;

/** Which bytes of an explained row come first by either method, by their offsets. */
final class ByteLists {
  /** Ranks up to which a byte counts as high in a method. */
  static final int HIGH = 10;

  private final Explanation row;
  private final Set<Integer> highInBoth;

  ByteLists(Explanation row) {
    this.row = row;
    this.highInBoth = new HashSet<>(first(HIGH, i -> Math.abs(row.attributions()[i])));
    highInBoth.retainAll(first(HIGH, i -> Math.abs(row.occlusion()[i])));
    highInBoth.removeIf(i -> row.attributions()[i] > 0 != row.occlusion()[i] > 0);
  }

  /** Returns the bytes that pushed most towards the class. */
  List<Integer> towards(int most) {
    return first(most, i -> row.attributions()[i]);
  }

  /** Returns the bytes that pushed most away from the class. */
  List<Integer> against(int most) {
    return first(most, i -> -row.attributions()[i]);
  }

  /** Returns the bytes without which the class loses most, by occlusion, of all bytes. */
  List<Integer> missed(int most) {
    return first(most, i -> row.occlusion()[i]);
  }

  /** Whether both methods have the byte among their largest values, with the same sign. */
  boolean isHighInBoth(int offset) {
    return highInBoth.contains(offset);
  }

  /** Returns the offsets of the largest positive values, the largest first. */
  private List<Integer> first(int most, ToDoubleFunction<Integer> value) {
    return IntStream.range(0, row.attributions().length)
        .boxed()
        .filter(i -> value.applyAsDouble(i) > 0)
        .sorted(Comparator.comparingDouble(value).reversed().thenComparing(i -> i))
        .limit(most)
        .toList();
  }
}
