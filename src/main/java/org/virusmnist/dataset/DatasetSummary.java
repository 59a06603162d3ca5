package org.virusmnist.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * What one wants to know of a data set before training on it.
 *
 * @param rows images
 * @param columns columns of the CSV file: label and hash where present, and 1,024 pixels
 * @param classCounts images of each class, empty without labels; sized by the given class count
 * @param minPixel the darkest pixel, 0 to 255
 * @param maxPixel the brightest pixel, 0 to 255
 * @param meanPixel the mean of all pixels, 0 to 255
 * @param mzShare share of the images that start with the bytes {@code MZ}, as Windows executables
 *     do, 0 to 1
 * @param constantRows images whose pixels are all equal
 */
public record DatasetSummary(
    int rows,
    int columns,
    List<Integer> classCounts,
    int minPixel,
    int maxPixel,
    double meanPixel,
    double mzShare,
    int constantRows) {
  /** Copies the class counts. */
  public DatasetSummary {
    classCounts = List.copyOf(classCounts);
  }

  /**
   * Summarises a data set.
   *
   * @param images at least one image
   * @param classCount how many classes there are; a class may have no image
   * @return the summary
   * @throws IllegalArgumentException if the set is empty or a label is not a class
   */
  public static DatasetSummary of(ImageSet images, int classCount) {
    if (images.size() == 0) {
      throw new IllegalArgumentException(images.source() + " has no images to summarise");
    }
    PixelCounts pixels = new PixelCounts();
    byte[] grey = new byte[ImageSet.PIXELS];
    for (int row = 0; row < images.size(); row++) {
      images.copyGreyTo(row, grey, 0);
      pixels.add(grey);
    }
    int extraColumns = (images.hasLabels() ? 1 : 0) + (images.hasHashes() ? 1 : 0);
    return new DatasetSummary(
        images.size(),
        ImageSet.PIXELS + extraColumns,
        classCounts(images, classCount),
        pixels.min(),
        pixels.max(),
        pixels.mean(),
        (double) pixels.mzRows / images.size(),
        pixels.constantRows);
  }

  private static List<Integer> classCounts(ImageSet images, int classCount) {
    if (!images.hasLabels()) {
      return List.of();
    }
    int[] counts = new int[classCount];
    for (int row = 0; row < images.size(); row++) {
      int label = images.label(row);
      if (label >= classCount) {
        throw new IllegalArgumentException(
            "label of row " + row + " is " + label + ", expected 0 to " + (classCount - 1));
      }
      counts[label]++;
    }
    List<Integer> list = new ArrayList<>(classCount);
    for (int count : counts) {
      list.add(count);
    }
    return list;
  }

  /** Counts of pixel values and of two kinds of rows. */
  private static final class PixelCounts {
    private final long[] counts = new long[256];
    private int mzRows;
    private int constantRows;

    void add(byte[] grey) {
      boolean constant = true;
      for (byte value : grey) {
        counts[value & 0xFF]++;
        constant &= value == grey[0];
      }
      constantRows += constant ? 1 : 0;
      mzRows += grey[0] == 'M' && grey[1] == 'Z' ? 1 : 0;
    }

    int min() {
      int value = 0;
      while (counts[value] == 0) {
        value++;
      }
      return value;
    }

    int max() {
      int value = 255;
      while (counts[value] == 0) {
        value--;
      }
      return value;
    }

    double mean() {
      double sum = 0;
      long total = 0;
      for (int value = 0; value < counts.length; value++) {
        sum += (double) counts[value] * value;
        total += counts[value];
      }
      return sum / total;
    }
  }
}
