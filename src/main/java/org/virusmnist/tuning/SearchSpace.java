package org.virusmnist.tuning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All settings that a search may try: a value for each of some options.
 *
 * @param dimensions the options, each once
 */
public record SearchSpace(List<Dimension> dimensions) {
  /** Draws without a new setting after which there are taken to be no more. */
  private static final int MOST_REPEATS = 10_000;

  /**
   * Copies the list and checks it.
   *
   * @throws IllegalArgumentException if there is no option, or one of them twice
   */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("no option to search over, expected 1 or more");
    }
    Set<String> names = dimensions.stream().map(Dimension::option).collect(Collectors.toSet());
    if (names.size() < dimensions.size()) {
      throw new IllegalArgumentException("an option is searched over twice, expected once");
    }
  }

  /** Returns the names of the options, without dashes. */
  public List<String> options() {
    return dimensions.stream().map(Dimension::option).toList();
  }

  /**
   * Draws settings at random, none of them twice: Bergstra and Bengio, "Random search for
   * hyper-parameter optimization", JMLR 13, 2012.
   *
   * <p>The same seed gives the same settings for good, and more of them begin with the fewer:
   * {@link Random} promises its sequence.
   *
   * @param count how many; where there are fewer settings in all, all of them come
   * @param seed seeds the draws
   * @return the trials, numbered from 1
   * @throws IllegalArgumentException if ranges are so narrow that there are fewer settings
   */
  public List<Trial> draw(int count, long seed) {
    Random random = new Random(seed);
    OptionalLong all = size();
    long most = all.isPresent() ? Math.min(count, all.getAsLong()) : count;
    Map<Map<String, String>, Trial> drawn = new LinkedHashMap<>();
    int repeats = 0;
    while (drawn.size() < most) {
      Map<String, String> options = new LinkedHashMap<>();
      dimensions.forEach(dimension -> options.put(dimension.option(), dimension.draw(random)));
      Trial trial = new Trial(drawn.size() + 1, Collections.unmodifiableMap(options));
      repeats = drawn.putIfAbsent(options, trial) == null ? 0 : repeats + 1;
      if (repeats == MOST_REPEATS && all.isEmpty()) {
        throw new IllegalArgumentException(
            "different settings are %d, expected %d: values have 4 digits. Take wider ranges or fewer"
                    .formatted(drawn.size(), count)
                + " trials");
      }
    }
    return new ArrayList<>(drawn.values());
  }

  /** Returns how many settings there are, or nothing where they cannot be counted. */
  public OptionalLong size() {
    long size = 1;
    for (Dimension dimension : dimensions) {
      OptionalLong count = dimension.count();
      if (count.isEmpty() || count.getAsLong() > Integer.MAX_VALUE / size) {
        return OptionalLong.empty();
      }
      size *= count.getAsLong();
    }
    return OptionalLong.of(size);
  }
}
