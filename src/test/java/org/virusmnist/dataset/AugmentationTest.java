package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an image becomes depends on seed, epoch and row alone. */
final class AugmentationTest {
  private static final int ROWS = 40;
  private static final int[] LABELS = IntStream.range(0, ROWS).map(row -> row % 7).toArray();
  private static final ImageSet IMAGES = random();
  private static final int[] ALL = RowOrder.sequential(ROWS);
  private static final Augmentation EVERYTHING = new Augmentation(16, 0.3, 64, 0.4);

  private static ImageSet random() {
    byte[] pixels = new byte[ROWS * ImageSet.PIXELS];
    new Random(1).nextBytes(pixels);
    return ImageSet.of(pixels, LABELS);
  }

  private static byte[] row(Augmentation augmentation, int row, long seed, int epoch) {
    return TestImages.grey(augmentation.apply(IMAGES, new int[] {row}, seed, epoch), 0);
  }

  @Test
  void isAPureFunctionOfSeedEpochAndRow() {
    ImageSet changed = EVERYTHING.apply(IMAGES, new int[] {5, 3, 5, 39}, 42, 2);

    assertThat(changed.labels()).containsExactly(5, 3, 5, 4);
    assertThat(TestImages.grey(changed, 0)).isEqualTo(TestImages.grey(changed, 2));
    for (int i = 0; i < 4; i++) {
      int row = new int[] {5, 3, 5, 39}[i];
      assertThat(TestImages.grey(changed, i)).isEqualTo(row(EVERYTHING, row, 42, 2));
    }
    assertThat(row(EVERYTHING, 5, 42, 2)).isNotEqualTo(row(EVERYTHING, 5, 42, 3));
    assertThat(row(EVERYTHING, 5, 42, 2)).isNotEqualTo(row(EVERYTHING, 5, 43, 2));
  }

  @Test
  void leavesTheOriginalsAloneAndChangesNothingWhenOff() {
    byte[] before = TestImages.grey(IMAGES, 7);
    EVERYTHING.apply(IMAGES, ALL, 1, 0);

    assertThat(TestImages.grey(IMAGES, 7)).isEqualTo(before);
    TestImages.requireEqual(Augmentation.NONE.apply(IMAGES, ALL, 1, 0), IMAGES);
    assertThat(Augmentation.NONE.isOn()).isFalse();
    assertThat(new Augmentation(0, 0, 0, 0.1).isOn()).isTrue();
  }

  @Test
  void rollsByAtMostTheShiftToBothSidesEquallyOften() {
    Augmentation shift = new Augmentation(3, 0, 0, 0);
    int[] counts = new int[7];
    for (int epoch = 0; epoch < 700; epoch++) {
      byte[] rolled = row(shift, 0, 9, epoch);
      counts[shiftOf(rolled, TestImages.grey(IMAGES, 0)) + 3]++;
    }

    assertThat(Arrays.stream(counts).boxed().toList())
        .allSatisfy(count -> assertThat(count).isBetween(60, 140));
  }

  /** Finds by how many bytes an image was moved to the right. */
  private static int shiftOf(byte[] rolled, byte[] original) {
    for (int by = -3; by <= 3; by++) {
      int shift = by;
      if (IntStream.range(0, original.length)
          .allMatch(i -> rolled[Math.floorMod(i + shift, original.length)] == original[i])) {
        return by;
      }
    }
    throw new AssertionError("no roll of the original");
  }

  @Test
  void replacesHalfOfTheNoiseOnAverageAndNeverMore() {
    Augmentation noise = new Augmentation(0, 0.4, 0, 0);
    double total = 0;
    for (int epoch = 0; epoch < 400; epoch++) {
      double share = changed(row(noise, 1, 3, epoch), 1) / 1024.0;
      assertThat(share).isLessThan(0.46); // the share itself is random: 0.4 and four deviations
      total += share;
    }

    // Every 256th random byte is the one that was there.
    assertThat(total / 400).isCloseTo(0.2 * 255 / 256, within(0.02));
  }

  private static int changed(byte[] found, int row) {
    byte[] original = TestImages.grey(IMAGES, row);
    return (int) IntStream.range(0, found.length).filter(i -> found[i] != original[i]).count();
  }

  @Test
  void cutsOutOneRunOfZerosAnywhere() {
    byte[] ones = new byte[ImageSet.PIXELS];
    Arrays.fill(ones, (byte) 1);
    ImageSet images = ImageSet.of(ones, new int[] {0});
    Augmentation cutout = new Augmentation(0, 0, 100, 0);
    int first = Integer.MAX_VALUE;
    int last = 0;
    for (int epoch = 0; epoch < 300; epoch++) {
      byte[] cut = TestImages.grey(cutout.apply(images, new int[] {0}, 5, epoch), 0);
      int from = IntStream.range(0, cut.length).filter(i -> cut[i] == 0).findFirst().orElseThrow();
      assertThat(IntStream.range(from, from + 100)).allMatch(i -> cut[i] == 0);
      assertThat(IntStream.range(0, cut.length).filter(i -> cut[i] == 0).count()).isEqualTo(100);
      first = Math.min(first, from);
      last = Math.max(last, from);
    }

    assertThat(first).isLessThan(30);
    assertThat(last).isBetween(890, 924);
  }

  @Test
  void cutsOutAWholeImage() {
    assertThat(row(new Augmentation(0, 0, 1024, 0), 0, 1, 1)).containsOnly(0);
  }

  /** Black and white: what is left of white is the weight of the image itself. */
  @Test
  void blendsWithTheWeightThatMixupHasInExpectation() {
    byte[] pixels = new byte[2 * ImageSet.PIXELS];
    Arrays.fill(pixels, 0, ImageSet.PIXELS, (byte) 255);
    ImageSet images = ImageSet.of(pixels, new int[] {1, 0});
    Augmentation mixup = new Augmentation(0, 0, 0, 1);
    double sum = 0;
    int blended = 0;
    for (int epoch = 0; epoch < 2000; epoch++) {
      ImageSet mixed = mixup.apply(images, new int[] {0}, 8, epoch);
      assertThat(mixed.label(0)).isEqualTo(1);
      int value = mixed.pixel(0, 0);
      if (value < 255) {
        sum += value / 255.0;
        blended++;
      }
    }

    assertThat(blended).isBetween(900, 1100); // half the partners are the image itself
    assertThat(sum / blended).isCloseTo(2.0 / 3, within(0.03)); // the mean of Beta(2, 1)
  }

  /** Mean a / (a + b), variance ab / ((a + b)² (a + b + 1)). */
  @Test
  void drawsFromABetaDistribution() {
    SplitMix64 random = new SplitMix64(4, 4);
    double[] draws = IntStream.range(0, 20_000).mapToDouble(i -> beta(random)).toArray();
    double mean = Arrays.stream(draws).average().orElseThrow();
    double variance =
        Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow();

    assertThat(mean).isCloseTo(1.4 / 1.8, within(0.005));
    assertThat(variance).isCloseTo(1.4 * 0.4 / (1.8 * 1.8 * 2.8), within(0.003));
  }

  private static double beta(SplitMix64 random) {
    return Augmentation.beta(1.4, 0.4, random);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> new Augmentation(1024, 0, 0, 0))
        .hasMessage("shift is 1024, expected 0 to 1023");
    assertThatThrownBy(() -> new Augmentation(0, Double.NaN, 0, 0))
        .hasMessage("noise is NaN, expected 0 to 1");
    assertThatThrownBy(() -> new Augmentation(0, 0, -1, 0))
        .hasMessage("cutout is -1, expected 0 to 1024");
    assertThatThrownBy(() -> new Augmentation(0, 0, 0, 2.5))
        .hasMessage("mixup is 2.5, expected 0 to 2");
    assertThatThrownBy(() -> EVERYTHING.apply(IMAGES, new int[] {ROWS}, 1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
