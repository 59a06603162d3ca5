package org.virusmnist.dataset;

import java.util.Arrays;

/**
 * Random changes to the images that are trained on, so that no epoch sees the same bytes.
 *
 * <p>An image is a string of 1,024 bytes, so the changes are those of strings. What a row becomes
 * is a pure function of the arguments of {@link #apply}: a run that is resumed sees the same bytes,
 * whatever the batches and calls are. Where several are on they follow in the order below.
 *
 * @param shift the string is rolled by as many bytes as are drawn from −shift to shift, 0 to 1,023
 * @param noise bytes become random ones: a share of them drawn from 0 to this, 0 to 1
 * @param cutout so many bytes in a row become zero at a random place, 0 to 1,024; DeVries and
 *     Taylor 2017 do the same to squares
 * @param mixup alpha of Zhang et al. 2018, 0 to 2: the image is blended with another one. The label
 *     stays that of the image, whose weight is drawn from Beta(alpha + 1, alpha): in expectation
 *     that is the loss with blended labels and weights from Beta(alpha, alpha) (Huszár 2017,
 *     "mixup: data-dependent data augmentation")
 */
public record Augmentation(int shift, double noise, int cutout, double mixup) {
  /** Changes nothing. */
  public static final Augmentation NONE = new Augmentation(0, 0, 0, 0);

  private static final double LARGEST_ALPHA = 2;
  private static final int VALUES = 256;

  /** Keeps these random numbers apart from those that order rows. */
  private static final long STREAM = 0x6175676D656E7473L;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public Augmentation {
    require("shift", shift, ImageSet.PIXELS - 1);
    require("noise", noise, 1);
    require("cutout", cutout, ImageSet.PIXELS);
    require("mixup", mixup, LARGEST_ALPHA);
  }

  private static void require(String name, double value, double largest) {
    if (!(value >= 0 && value <= largest)) {
      throw new IllegalArgumentException(
          "%s is %s, expected 0 to %s".formatted(name, text(value), text(largest)));
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** Whether there is anything to change. */
  public boolean isOn() {
    return !equals(NONE);
  }

  /**
   * Returns changed copies of chosen rows, with their labels.
   *
   * @param images the training rows, labelled; mixup blends with any of them
   * @param rows row numbers, from 0
   * @param seed any number
   * @param epoch the epoch, from 0
   * @return a new set of as many rows, in the order chosen
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public ImageSet apply(ImageSet images, int[] rows, long seed, int epoch) {
    byte[] pixels = new byte[Math.multiplyExact(rows.length, ImageSet.PIXELS)];
    int[] labels = new int[rows.length];
    byte[] row = new byte[ImageSet.PIXELS];
    byte[] scratch = new byte[ImageSet.PIXELS];
    for (int i = 0; i < rows.length; i++) {
      images.copyGreyTo(rows[i], row, 0);
      change(row, scratch, images, new SplitMix64(seed ^ STREAM, (long) epoch << 32 | rows[i]));
      System.arraycopy(row, 0, pixels, i * ImageSet.PIXELS, ImageSet.PIXELS);
      labels[i] = images.label(rows[i]);
    }
    return ImageSet.of(pixels, labels);
  }

  private void change(byte[] row, byte[] scratch, ImageSet images, SplitMix64 random) {
    if (shift > 0) {
      roll(row, scratch, random.below(2 * shift + 1) - shift);
    }
    if (noise > 0) {
      disturb(row, noise * random.nextDouble(), random);
    }
    if (cutout > 0) {
      int from = random.below(row.length - cutout + 1);
      Arrays.fill(row, from, from + cutout, (byte) 0);
    }
    if (mixup > 0) {
      images.copyGreyTo(random.below(images.size()), scratch, 0);
      blend(row, scratch, beta(mixup + 1, mixup, random));
    }
  }

  /** Moves every byte to the right; those that leave at one end come in at the other. */
  private static void roll(byte[] row, byte[] scratch, int by) {
    System.arraycopy(row, 0, scratch, 0, row.length);
    int start = Math.floorMod(by, row.length);
    System.arraycopy(scratch, 0, row, start, row.length - start);
    System.arraycopy(scratch, row.length - start, row, 0, start);
  }

  private static void disturb(byte[] row, double share, SplitMix64 random) {
    for (int i = 0; i < row.length; i++) {
      if (random.nextDouble() < share) {
        row[i] = (byte) random.below(VALUES);
      }
    }
  }

  private static void blend(byte[] row, byte[] other, double weight) {
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) Math.round(weight * (row[i] & 0xFF) + (1 - weight) * (other[i] & 0xFF));
    }
  }

  /**
   * Draws from a beta distribution: Jöhnk 1964, as in Devroye, "Non-Uniform Random Variate
   * Generation", 1986, page 418. Its powers are the same on every machine.
   */
  static double beta(double a, double b, SplitMix64 random) {
    while (true) {
      double x = StrictMath.pow(random.nextDouble(), 1 / a);
      double y = StrictMath.pow(random.nextDouble(), 1 / b);
      if (x + y > 0 && x + y <= 1) {
        return x / (x + y);
      }
    }
  }
}
