package org.virusmnist.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explanations of images of two by two bytes: 4d 5a 00 3c. */
public final class ExplanationExample {
  private ExplanationExample() {}

  /** Row 2 of class 1, taken for class 0; the second byte speaks against it. */
  public static Explanations explanations() {
    return new Explanations(128, "", "test.csv", "ab", List.of(explanation(2, 1, 0)));
  }

  /** A row with a name for its first two bytes and for its last. */
  public static Explanation explanation(long row, @Nullable Integer label, int predicted) {
    return new Explanation(
        row,
        "cc",
        label,
        predicted,
        0.75,
        0,
        1.5,
        0.25,
        0.004,
        null,
        List.of(
            new Explanation.ExplainedByte(1, 0x5A, "DOS e_magic [1]", -1.5, 0.25),
            new Explanation.ExplainedByte(3, 0x3C, "e_lfanew", 0.5, -0.125)),
        List.of(
            new Explanation.NamedBytes(0, 2, "DOS e_magic"),
            new Explanation.NamedBytes(3, 1, "e_lfanew"),
            new Explanation.NamedBytes(0, 4, "everything")),
        "4d5a003c",
        new float[] {0, -1.5f, 0, 0.5f},
        new float[] {0, 0.25f, 0, -0.125f});
  }
}
