package org.virusmnist.dataset;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.ByteNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * Grey images of 32 × 32 unsigned bytes with, for all of them or for none, integer labels.
 *
 * <p>Immutable and safe to share between threads: what comes in and goes out is copied. A pixel is
 * an unsigned byte, 0 to 255; the pixels of an image are in row-major order, as {@code
 * pixel1..pixel1024} of the CSV file. Rows are numbered from 0 in the order of the file. Hashes are
 * optional, as a column and in each row.
 */
public final class ImageSet {
  /** Height and width of an image in pixels. */
  public static final int SIDE = 32;

  /** Pixels of an image. */
  public static final int PIXELS = SIDE * SIDE;

  /** Channels of an RGB image; a grey image is repeated into each. */
  public static final int CHANNELS = 3;

  private static final int RGB_BYTES = PIXELS * CHANNELS;

  /** Images expanded before each bulk write: 48 KiB, which stay in the second-level cache. */
  private static final int SCRATCH_IMAGES = 16;

  private final PixelRows pixels;
  private final int @Nullable [] labels;
  private final @Nullable HashColumn hashes;
  private final String source;

  /** Takes ownership of its arguments, which must be of equal length. */
  ImageSet(PixelRows pixels, int @Nullable [] labels, @Nullable HashColumn hashes, String source) {
    this.pixels = pixels;
    this.labels = labels;
    this.hashes = hashes;
    this.source = source;
  }

  /**
   * Creates a set from pixels and labels in memory, without hashes.
   *
   * @param pixels N × 1,024 unsigned bytes, image after image; copied
   * @param labels N labels, or null; copied
   * @return the set of N images
   * @throws IllegalArgumentException if the lengths do not fit or a label is negative
   */
  public static ImageSet of(byte[] pixels, int @Nullable [] labels) {
    return of(pixels, labels, null, "memory");
  }

  /**
   * Creates a set from arrays in memory.
   *
   * @param pixels N × 1,024 unsigned bytes, image after image; copied
   * @param labels N labels, or null; copied
   * @param hashes N hashes of equal length, null for those not known, or null; copied
   * @param source where the images come from, for messages
   * @return the set of N images
   * @throws IllegalArgumentException if the lengths do not fit or a label is negative
   */
  public static ImageSet of(
      byte[] pixels, int @Nullable [] labels, @Nullable String @Nullable [] hashes, String source) {
    return ImageRows.of(pixels, labels, hashes).toImageSet(source);
  }

  /**
   * Returns the number of images.
   *
   * @return rows, 0 or more
   */
  public int size() {
    return pixels.rows();
  }

  /**
   * Returns where the images come from, for messages.
   *
   * @return the path of the file as the user gave it, or {@code memory}
   */
  public String source() {
    return source;
  }

  /**
   * Tells whether the images have labels: all of them or none.
   *
   * @return whether {@link #label} and {@link #labels} may be called
   */
  public boolean hasLabels() {
    return labels != null;
  }

  /**
   * Returns the label of an image.
   *
   * @param row the image, from 0
   * @return its class, from 0
   * @throws IllegalStateException if the set has no labels
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public int label(int row) {
    return knownLabels()[row];
  }

  /**
   * Returns a copy of all labels.
   *
   * @return N classes, from 0
   * @throws IllegalStateException if the set has no labels
   */
  public int[] labels() {
    return knownLabels().clone();
  }

  PixelRows pixels() {
    return pixels;
  }

  @Nullable HashColumn hashes() {
    return hashes;
  }

  private int[] knownLabels() {
    if (labels == null) {
      throw new IllegalStateException(source + " has no labels");
    }
    return labels;
  }

  /**
   * Tells whether the images came with a hash column, in which single hashes may be absent.
   *
   * @return whether {@link #hash} can return anything but null
   */
  public boolean hasHashes() {
    return hashes != null;
  }

  /**
   * Returns the hash of the file that an image was drawn from.
   *
   * @param row the image, from 0
   * @return hexadecimal digits as in the CSV file, or null if not known
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public @Nullable String hash(int row) {
    Objects.checkIndex(row, size());
    return hashes == null ? null : hashes.get(row);
  }

  /**
   * Returns one pixel.
   *
   * @param row the image, from 0
   * @param index the pixel in row-major order, from 0 to 1,023
   * @return its grey value, 0 to 255
   * @throws IndexOutOfBoundsException if there is no such row or pixel
   */
  public int pixel(int row, int index) {
    Objects.checkIndex(row, size());
    Objects.checkIndex(index, PIXELS);
    return pixels.block(row)[pixels.offset(row) + index] & 0xFF;
  }

  /**
   * Copies the 1,024 grey bytes of an image.
   *
   * @param row the image, from 0
   * @param target receives the bytes, unsigned, in row-major order
   * @param offset where in the target the image starts
   * @throws IndexOutOfBoundsException if there is no such row or the target is too short
   */
  public void copyGreyTo(int row, byte[] target, int offset) {
    Objects.checkIndex(row, size());
    System.arraycopy(pixels.block(row), pixels.offset(row), target, offset, PIXELS);
  }

  /**
   * Returns a set of chosen rows in the chosen order; a row may be chosen more than once.
   *
   * @param rows row numbers, from 0
   * @return a new set; pixels in memory are copied, those in a mapped file stay there
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public ImageSet select(int[] rows) {
    int[] chosenLabels = labels == null ? null : new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Objects.checkIndex(rows[i], size());
      if (labels != null && chosenLabels != null) {
        chosenLabels[i] = labels[rows[i]];
      }
    }
    return new ImageSet(
        pixels.select(rows), chosenLabels, hashes == null ? null : hashes.select(rows), source);
  }

  /**
   * Returns the same images with their bytes moved on; what leaves at the end enters at the start.
   *
   * @param bytes places to move by, negative to move back
   * @return a new set with the same labels and hashes
   */
  public ImageSet shifted(int bytes) {
    int by = Math.floorMod(bytes, PIXELS);
    GreyBlocks moved = new GreyBlocks(PIXELS);
    byte[] image = new byte[PIXELS];
    for (int row = 0; row < size(); row++) {
      byte[] block = pixels.block(row);
      int from = pixels.offset(row);
      System.arraycopy(block, from, image, by, PIXELS - by);
      System.arraycopy(block, from + PIXELS - by, image, 0, by);
      moved.add(image, 0);
    }
    return new ImageSet(moved, labels, hashes, source);
  }

  /**
   * Writes chosen images as RGB: shape [count, 32, 32, 3], channels last, grey in each channel.
   *
   * @param rows row numbers, from 0
   * @param from the first element of {@code rows} to use
   * @param count how many elements to use
   * @param target receives count × 3,072 unsigned bytes from its position 0
   * @throws IndexOutOfBoundsException if a row does not exist or the target is too short
   */
  public void fillRgb(int[] rows, int from, int count, ByteDataBuffer target) {
    Objects.checkFromIndexSize(from, count, rows.length);
    Objects.checkFromIndexSize(0L, (long) count * RGB_BYTES, target.size());
    byte[] scratch = new byte[Math.min(count, SCRATCH_IMAGES) * RGB_BYTES];
    for (int done = 0; done < count; done += SCRATCH_IMAGES) {
      int images = Math.min(SCRATCH_IMAGES, count - done);
      for (int i = 0; i < images; i++) {
        expand(rows[from + done + i], scratch, i * RGB_BYTES);
      }
      target.offset((long) done * RGB_BYTES).write(scratch, 0, images * RGB_BYTES);
    }
  }

  /**
   * Writes consecutive images as RGB: shape [count, 32, 32, 3], channels last.
   *
   * @param fromRow the first image, from 0
   * @param count how many images
   * @param target receives count × 3,072 unsigned bytes from its position 0
   * @throws IndexOutOfBoundsException if a row does not exist or the target is too short
   */
  public void fillRgb(int fromRow, int count, ByteDataBuffer target) {
    Objects.checkFromIndexSize(fromRow, count, size());
    fillRgb(RowOrder.range(fromRow, count), 0, count, target);
  }

  /**
   * Returns chosen images as a new RGB array: shape [count, 32, 32, 3], channels last.
   *
   * @param rows row numbers, from 0
   * @param from the first element of {@code rows} to use
   * @param count how many elements to use
   * @return unsigned bytes, owned by the caller
   * @throws IndexOutOfBoundsException if a row does not exist
   */
  public ByteNdArray rgb(int[] rows, int from, int count) {
    ByteDataBuffer buffer = DataBuffers.ofBytes((long) count * RGB_BYTES);
    fillRgb(rows, from, count, buffer);
    return NdArrays.wrap(Shape.of(count, SIDE, SIDE, CHANNELS), buffer);
  }

  private void expand(int row, byte[] rgb, int offset) {
    Objects.checkIndex(row, size());
    byte[] grey = pixels.block(row);
    int from = pixels.offset(row);
    int to = offset;
    for (int i = from; i < from + PIXELS; i++) {
      byte value = grey[i];
      rgb[to] = value;
      rgb[to + 1] = value;
      rgb[to + 2] = value;
      to += CHANNELS;
    }
  }
}
