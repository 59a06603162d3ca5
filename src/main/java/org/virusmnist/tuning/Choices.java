package org.virusmnist.tuning;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Values to choose from, each as likely as the others.
 *
 * @param option the option's name, without dashes
 * @param values different values as they would be typed
 */
public record Choices(String option, List<String> values) implements Dimension {
  /**
   * Copies the values and checks them.
   *
   * @throws IllegalArgumentException if a value is empty or there twice
   */
  public Choices {
    values = List.copyOf(values);
    if (values.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(option + ": a value is empty");
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException(option + ": a value of " + values + " is there twice");
    }
  }

  static Choices parse(String option, String values) {
    return new Choices(option, Arrays.stream(values.split(",", -1)).map(String::strip).toList());
  }

  @Override
  public String draw(Random random) {
    return values.get((int) (random.nextDouble() * values.size()));
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(values.size());
  }
}
