package org.virusmnist.audit;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageSet;

/** Images whose distances are known, or random. */
final class Rows {
  private final byte[] pixels;

  private Rows(byte[] pixels) {
    this.pixels = pixels;
  }

  /** Rows that differ from each other nearly everywhere. */
  static Rows random(int rows, long seed) {
    byte[] pixels = new byte[rows * ImageSet.PIXELS];
    new Random(seed).nextBytes(pixels);
    return new Rows(pixels);
  }

  static Rows zeros(int rows) {
    return new Rows(new byte[rows * ImageSet.PIXELS]);
  }

  /** Makes a row a copy of another one's row. */
  Rows copy(int row, Rows source, int sourceRow) {
    System.arraycopy(
        source.pixels, sourceRow * ImageSet.PIXELS, pixels, row * ImageSet.PIXELS, ImageSet.PIXELS);
    return this;
  }

  /** Changes so many bytes of a row, spread over all of it. */
  Rows change(int row, int bytes) {
    for (int i = 0; i < bytes; i++) {
      pixels[row * ImageSet.PIXELS + (i * 601 + 17) % ImageSet.PIXELS] ^= (byte) 0x80;
    }
    return this;
  }

  ImageSet images() {
    return ImageSet.of(pixels, null);
  }

  ImageSet labelled(int @Nullable ... labels) {
    return ImageSet.of(pixels, labels);
  }

  static int distance(ImageSet a, int row, ImageSet b, int other) {
    int differing = 0;
    for (int i = 0; i < ImageSet.PIXELS; i++) {
      differing += a.pixel(row, i) == b.pixel(other, i) ? 0 : 1;
    }
    return differing;
  }
}
