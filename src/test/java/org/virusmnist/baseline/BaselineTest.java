package org.virusmnist.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.virusmnist.dataset.ImageSet;

/** Every baseline learns what can be learnt of three plain classes, and gives probabilities. */
class BaselineTest {
  private static final int CLASSES = 3;
  private static final ImageSet TRAIN = images(90, 1);
  private static final ImageSet TEST = images(30, 2);
  private static final BaselineProgress UNSEEN = (phase, done, total) -> {};

  static List<Baseline> all() {
    return Baseline.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void learnsPlainClassesUnlessItLooksAtNothing(Baseline baseline) {
    float[] probabilities = baseline.predict(TRAIN, TEST, CLASSES, 5, UNSEEN);

    assertThat(probabilities).hasSize(TEST.size() * CLASSES);
    for (int row = 0; row < TEST.size(); row++) {
      float sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        sum += probabilities[row * CLASSES + c];
        assertThat(probabilities[row * CLASSES + c]).isBetween(0f, 1f);
      }
      assertThat(sum).isCloseTo(1f, within(1e-4f));
    }
    int right = 0;
    for (int row = 0; row < TEST.size(); row++) {
      right += largest(probabilities, row) == TEST.label(row) ? 1 : 0;
    }
    assertThat(right).isEqualTo(baseline instanceof Majority ? 15 : TEST.size());
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysHowFarItIsUntilAllIsDone(Baseline baseline) {
    Map<BaselineProgress.Phase, List<Long>> left = new EnumMap<>(BaselineProgress.Phase.class);
    BaselineProgress progress =
        (phase, done, total) -> {
          synchronized (left) {
            left.computeIfAbsent(phase, key -> new ArrayList<>()).add(total - done);
          }
        };
    baseline.predict(TRAIN, TEST, CLASSES, 5, progress);

    boolean isFitted = baseline instanceof LogisticRegression || baseline instanceof RandomForest;
    assertThat(left).hasSize(isFitted ? 2 : baseline instanceof Majority ? 0 : 1);
    for (List<Long> each : left.values()) {
      assertThat(each.size()).isGreaterThanOrEqualTo(TEST.size());
      assertThat(each)
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, each.size()).boxed().toList());
    }
  }

  @Test
  void repeatsItselfWithTheSameSeed() {
    Baseline forest = new RandomForest();
    float[] first = forest.predict(TRAIN, TEST, CLASSES, 5, UNSEEN);
    assertThat(forest.predict(TRAIN, TEST, CLASSES, 5, UNSEEN)).isEqualTo(first);
    assertThat(forest.predict(TRAIN, TEST, CLASSES, 6, UNSEEN)).isNotEqualTo(first);
  }

  @Test
  void theMajorityIsTheSharesOfTheClasses() {
    float[] probabilities = new Majority().predict(TRAIN, TEST, CLASSES, 0, UNSEEN);
    assertThat(probabilities).startsWith(0.5f, 0.25555557f, 0.24444444f);
  }

  @Test
  void saysWhatItSees() {
    assertThat(Baseline.all().stream().map(Baseline::name))
        .containsExactly(
            "majority",
            "nearest neighbour, pixels",
            "logistic regression, pixels",
            "random forest, histogram");
  }

  private static int largest(float[] probabilities, int row) {
    int best = 0;
    for (int c = 1; c < CLASSES; c++) {
      if (probabilities[row * CLASSES + c] > probabilities[row * CLASSES + best]) {
        best = c;
      }
    }
    return best;
  }

  /** Half of the rows are of class 0; classes differ in which bytes are large, and in how large. */
  private static ImageSet images(int rows, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[rows * ImageSet.PIXELS];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = row % 2 == 0 ? 0 : row % 4 == 1 ? 1 : 2;
      for (int i = 0; i < ImageSet.PIXELS; i++) {
        boolean isLarge = i % CLASSES == labels[row];
        pixels[row * ImageSet.PIXELS + i] =
            (byte) (isLarge ? 150 + 20 * labels[row] + random.nextInt(10) : random.nextInt(10));
      }
    }
    return ImageSet.of(pixels, labels);
  }
}
