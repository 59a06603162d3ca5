package org.virusmnist.audit;

import java.util.Arrays;

/**
 * Finds the rows that may be near another one without looking at all of them.
 *
 * <p>A row is 128 words of eight bytes. Two rows that differ in at most d bytes differ in at most d
 * words, so any d + 1 words of one of them contain one that both have (pigeonhole principle; Manku,
 * Jain and Das Sarma 2007, "Detecting near-duplicates for web crawling", do the same with bits).
 * Each row is filed under its d + 1 rarest words, so that what all rows share, runs of zeros above
 * all, leads to few comparisons.
 *
 * <p>Words are kept as buckets of a hash table: two of them in one bucket cost a comparison and
 * change no result. Immutable. Memory: 260 bytes for each row, and as much again for the table.
 */
final class WordIndex {
  private static final int WORDS_OF_A_ROW = Neighbours.FARTHEST + 1;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int MIN_BITS = 16;
  private static final int MAX_BITS = 26;

  private final int shift;
  private final int[] starts;
  private final int[] filed;

  private WordIndex(int shift, int[] starts, int[] filed) {
    this.shift = shift;
    this.starts = starts;
    this.filed = filed;
  }

  /**
   * Files rows.
   *
   * @param rows the rows to be found
   * @param others the rows they will be looked up for; those decide what is rare
   */
  static WordIndex of(PackedRows rows, PackedRows others) {
    int entries = Math.multiplyExact(rows.size(), WORDS_OF_A_ROW);
    int bits =
        Math.min(
            MAX_BITS, Math.max(MIN_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(entries)));
    int shift = Long.SIZE - bits;
    int[] frequencies = frequencies(others, shift);
    int[] buckets = new int[entries];
    int[] starts = new int[(1 << bits) + 1];
    Rarest rarest = new Rarest(frequencies);
    for (int row = 0; row < rows.size(); row++) {
      rarest.copyTo(rows, row, shift, buckets, row * WORDS_OF_A_ROW);
    }
    for (int bucket : buckets) {
      starts[bucket + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return new WordIndex(shift, starts, filed(buckets, starts));
  }

  /** Sorts rows by bucket, in their order within each. */
  private static int[] filed(int[] buckets, int[] starts) {
    int[] next = starts.clone();
    int[] filed = new int[buckets.length];
    for (int i = 0; i < buckets.length; i++) {
      filed[next[buckets[i]]++] = i / WORDS_OF_A_ROW;
    }
    return filed;
  }

  private static int[] frequencies(PackedRows rows, int shift) {
    int[] frequencies = new int[1 << (Long.SIZE - shift)];
    for (int row = 0; row < rows.size(); row++) {
      for (int word = 0; word < PackedRows.WORDS; word++) {
        frequencies[bucket(rows, row, word, shift)]++;
      }
    }
    return frequencies;
  }

  private static int bucket(PackedRows rows, int row, int word, int shift) {
    long mixed = (rows.word(row, word) + word) * MULTIPLIER;
    return (int) (((mixed ^ (mixed >>> 32)) * MULTIPLIER) >>> shift);
  }

  /** The bucket of a row's word: where to look for rows that have it too. */
  int bucket(PackedRows rows, int row, int word) {
    return bucket(rows, row, word, shift);
  }

  /** Where the rows of a bucket begin in {@link #row}. */
  int from(int bucket) {
    return starts[bucket];
  }

  /** Where the rows of a bucket end in {@link #row}, exclusive. */
  int to(int bucket) {
    return starts[bucket + 1];
  }

  /** The row that is filed at a place. */
  int row(int place) {
    return filed[place];
  }

  /** Chooses words; reuses its memory from row to row. */
  private static final class Rarest {
    private static final int WORD_BITS = 7;

    private final int[] frequencies;
    private final int[] buckets = new int[PackedRows.WORDS];
    private final long[] ranked = new long[PackedRows.WORDS];

    Rarest(int[] frequencies) {
      this.frequencies = frequencies;
    }

    void copyTo(PackedRows rows, int row, int shift, int[] target, int offset) {
      for (int word = 0; word < PackedRows.WORDS; word++) {
        buckets[word] = bucket(rows, row, word, shift);
        ranked[word] = ((long) frequencies[buckets[word]] << WORD_BITS) | word;
      }
      Arrays.sort(ranked);
      for (int i = 0; i < WORDS_OF_A_ROW; i++) {
        target[offset + i] = buckets[(int) ranked[i] & (PackedRows.WORDS - 1)];
      }
    }
  }
}
