package org.virusmnist.audit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import org.virusmnist.dataset.ImageSet;

/**
 * Rows of 1,024 bytes as 128 longs each, so that eight bytes are compared at a time.
 *
 * <p>Immutable. Holds a copy of the images, 50 MB for 48,422 of them.
 */
final class PackedRows {
  /** Longs of a row. */
  static final int WORDS = ImageSet.PIXELS / Long.BYTES;

  private static final int UNROLLED = 4;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final long[] words;
  private final int size;

  private PackedRows(long[] words, int size) {
    this.words = words;
    this.size = size;
  }

  /**
   * Packs all rows.
   *
   * @param order which byte comes first, second, …; the same for rows that are to be compared
   */
  static PackedRows of(ImageSet images, int[] order) {
    long[] words = new long[Math.multiplyExact(images.size(), WORDS)];
    byte[] grey = new byte[ImageSet.PIXELS];
    byte[] ordered = new byte[ImageSet.PIXELS];
    for (int row = 0; row < images.size(); row++) {
      images.copyGreyTo(row, grey, 0);
      for (int i = 0; i < order.length; i++) {
        ordered[i] = grey[order[i]];
      }
      for (int word = 0; word < WORDS; word++) {
        words[row * WORDS + word] = (long) LONGS.get(ordered, word * Long.BYTES);
      }
    }
    return new PackedRows(words, images.size());
  }

  int size() {
    return size;
  }

  /** Eight bytes of a row, those in which rows differ most first. */
  long word(int row, int word) {
    return words[row * WORDS + word];
  }

  /** A row as a key of maps: equal where all bytes are. Shares the memory of these rows. */
  LongBuffer key(int row) {
    return LongBuffer.wrap(words, row * WORDS, WORDS);
  }

  /**
   * Counts differing bytes of a row here and a row there.
   *
   * @param limit the pair is given up as soon as it has so many
   * @return the number of differing bytes if it is below the limit; otherwise the limit or more
   */
  int differingBytes(int row, PackedRows others, int other, int limit) {
    long[] theirs = others.words;
    int mine = row * WORDS;
    int shift = other * WORDS - mine;
    int differing = 0;
    for (int i = mine; i < mine + WORDS && differing < limit; i += UNROLLED) {
      differing +=
          nonZeroBytes(words[i] ^ theirs[i + shift])
              + nonZeroBytes(words[i + 1] ^ theirs[i + 1 + shift])
              + nonZeroBytes(words[i + 2] ^ theirs[i + 2 + shift])
              + nonZeroBytes(words[i + 3] ^ theirs[i + 3 + shift]);
    }
    return differing;
  }

  /** Adding 127 to the low seven bits of a byte carries into its highest unless they are zero. */
  private static int nonZeroBytes(long word) {
    long carries = (word & LOW_BITS) + LOW_BITS;
    return Long.bitCount((carries | word) & ~LOW_BITS);
  }
}
