package org.virusmnist.spark;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageSet;

/** Rows of {@link Columns#images} as one batch for the model. */
final class ImageBatch {
  private final long[] rows;
  private final int[] labels;
  private final @Nullable String[] hashes;
  private final byte[] pixels;
  private int size;

  private ImageBatch(int capacity) {
    this.rows = new long[capacity];
    this.labels = new int[capacity];
    this.hashes = new @Nullable String[capacity];
    this.pixels = new byte[capacity * ImageSet.PIXELS];
  }

  /** Takes the next rows, at most so many; across whatever files and row groups they come from. */
  static ImageBatch take(Iterator<Row> source, int capacity) {
    ImageBatch batch = new ImageBatch(capacity);
    while (batch.size < capacity && source.hasNext()) {
      batch.add(source.next());
    }
    return batch;
  }

  private void add(Row row) {
    rows[size] = row.getLong(Columns.ROW_AT);
    hashes[size] = row.getString(Columns.HASH_AT);
    labels[size] = row.isNullAt(Columns.LABEL_AT) ? -1 : row.getInt(Columns.LABEL_AT);
    byte[] image = row.getAs(Columns.PIXELS_AT);
    System.arraycopy(image, 0, pixels, size * ImageSet.PIXELS, ImageSet.PIXELS);
    size++;
  }

  int size() {
    return size;
  }

  /** Number of a row in its data set. */
  long row(int i) {
    return rows[i];
  }

  @Nullable String hash(int i) {
    return hashes[i];
  }

  @Nullable Integer label(int i) {
    return labels[i] < 0 ? null : labels[i];
  }

  /** True classes [N]; −1 where a row has none. */
  int[] labels() {
    return Arrays.copyOf(labels, size);
  }

  ImageSet images() {
    return ImageSet.of(Arrays.copyOf(pixels, size * ImageSet.PIXELS), null);
  }

  /** The images with their labels, which every row must have. */
  ImageSet labelledImages() {
    return ImageSet.of(Arrays.copyOf(pixels, size * ImageSet.PIXELS), labels());
  }
}
