package org.virusmnist.dataset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows on their way from a file into an {@link ImageSet}; single-threaded. */
final class ImageRows {
  private final GreyBlocks pixels;
  private int @Nullable [] labels;
  private final @Nullable HashColumn hashes;

  ImageRows(int width, boolean hasLabels, boolean hasHashes) {
    this.pixels = new GreyBlocks(width);
    this.labels = hasLabels ? new int[64] : null;
    this.hashes = hasHashes ? new HashColumn() : null;
  }

  /** Copies arrays, or throws an {@link IllegalArgumentException} if they do not fit. */
  static ImageRows of(
      byte[] pixels, int @Nullable [] labels, @Nullable String @Nullable [] hashes) {
    int size = pixels.length / ImageSet.PIXELS;
    checkSizes(
        pixels.length,
        labels == null ? size : labels.length,
        hashes == null ? size : hashes.length);
    ImageRows rows = new ImageRows(ImageSet.PIXELS, labels != null, hashes != null);
    for (int row = 0; row < size; row++) {
      rows.pixels.add(pixels, row * ImageSet.PIXELS);
      rows.addLabelAndHash(
          labels == null ? 0 : checkedLabel(labels, row), hashes == null ? null : hashes[row]);
    }
    return rows;
  }

  private static void checkSizes(int bytes, int labels, int hashes) {
    int size = bytes / ImageSet.PIXELS;
    if (bytes % ImageSet.PIXELS != 0) {
      throw new IllegalArgumentException("pixels (" + bytes + " bytes) must be a multiple of 1024");
    }
    if (labels != size) {
      throw new IllegalArgumentException(labels + " labels for " + size + " images");
    }
    if (hashes != size) {
      throw new IllegalArgumentException(hashes + " hashes for " + size + " images");
    }
  }

  private static int checkedLabel(int[] labels, int row) {
    if (labels[row] < 0) {
      throw new IllegalArgumentException("label of row " + row + " is " + labels[row]);
    }
    return labels[row];
  }

  int size() {
    return pixels.rows();
  }

  GreyBlocks pixels() {
    return pixels;
  }

  /** Appends a row; the label and the hash are ignored where these rows have none. */
  void add(byte[] grey, int label, @Nullable String hash) {
    pixels.add(grey, 0);
    addLabelAndHash(label, hash);
  }

  /** Completes the row that was last added to {@link #pixels}. */
  void addLabelAndHash(int label, @Nullable String hash) {
    int row = pixels.rows() - 1;
    int[] known = labels;
    if (known != null) {
      if (row == known.length) {
        known = Arrays.copyOf(known, 2 * row);
        labels = known;
      }
      known[row] = label;
    }
    if (hashes != null) {
      hashes.add(hash);
    }
  }

  /** Returns these rows, which must not be added to afterwards. */
  ImageSet toImageSet(String source) {
    int[] known = labels;
    return new ImageSet(
        pixels, known == null ? null : Arrays.copyOf(known, size()), hashes, source);
  }
}
