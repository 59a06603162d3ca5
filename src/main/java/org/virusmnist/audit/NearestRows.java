package org.virusmnist.audit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.virusmnist.dataset.ImageSet;

/**
 * Searches nearest neighbours by comparing all pairs, each only until it is certainly too far.
 *
 * <p>Rows are compared eight bytes at a time, the most varied bytes first ({@link ColumnOrder}),
 * and a pair is given up when it differs in more bytes than the best pair of the row so far. Rows
 * are taken in blocks that stay in the processor's cache, blocks are shared out among all
 * processors. Memory: one copy of the rows, and two numbers for each row.
 */
public final class NearestRows {
  private static final int BLOCK = 128;

  private NearestRows() {}

  /** Is told how far a search has come; called from several threads, one at a time. */
  @FunctionalInterface
  public interface Progress {
    /** Says nothing. */
    Progress NONE = (done, total) -> {};

    /**
     * Takes note.
     *
     * @param done pairs of rows so far, those given up included
     * @param total pairs of rows in all
     */
    void show(long done, long total);
  }

  /**
   * Finds for each row its nearest neighbour in another data set.
   *
   * @param images the rows to find neighbours for
   * @param among the rows that may be neighbours
   * @param progress is told how far the search has come
   * @return neighbours within {@link Neighbours#FARTHEST} bytes, row numbers of {@code among}
   */
  public static Neighbours among(ImageSet images, ImageSet among, Progress progress) {
    int[] order = ColumnOrder.mostVariedFirst(among);
    PackedRows rows = PackedRows.of(images, order);
    PackedRows others = PackedRows.of(among, order);
    return new Search(rows, others, row -> others.size(), progress).run();
  }

  /**
   * Finds for each row the nearest of the rows before it.
   *
   * @param images the rows
   * @param progress is told how far the search has come
   * @return neighbours within {@link Neighbours#FARTHEST} bytes
   */
  public static Neighbours before(ImageSet images, Progress progress) {
    PackedRows rows = PackedRows.of(images, ColumnOrder.mostVariedFirst(images));
    return new Search(rows, rows, row -> row, progress).run();
  }

  /** How many of the others a row is compared with. */
  @FunctionalInterface
  private interface Candidates {
    int of(int row);
  }

  /** One search; blocks of rows write to parts of the arrays that are their own. */
  private static final class Search {
    private final PackedRows rows;
    private final PackedRows others;
    private final Candidates candidates;
    private final Progress progress;
    private final int[] nearest;
    private final int[] distances;
    private final long pairs;
    private long pairsDone;

    Search(PackedRows rows, PackedRows others, Candidates candidates, Progress progress) {
      this.rows = rows;
      this.others = others;
      this.candidates = candidates;
      this.progress = progress;
      this.nearest = new int[rows.size()];
      this.distances = new int[rows.size()];
      this.pairs = IntStream.range(0, rows.size()).mapToLong(candidates::of).sum();
      Arrays.fill(nearest, -1);
      Arrays.fill(distances, Neighbours.FARTHEST + 1);
    }

    Neighbours run() {
      int blocks = (rows.size() + BLOCK - 1) / BLOCK;
      IntStream.range(0, blocks).parallel().forEach(this::searchBlock);
      return new Neighbours(nearest, distances);
    }

    private void searchBlock(int block) {
      int from = block * BLOCK;
      int to = Math.min(rows.size(), from + BLOCK);
      for (int other = 0; other < others.size(); other += BLOCK) {
        for (int row = from; row < to; row++) {
          search(row, other, Math.min(other + BLOCK, candidates.of(row)));
        }
      }
      report(IntStream.range(from, to).mapToLong(candidates::of).sum());
    }

    private void search(int row, int fromOther, int toOther) {
      int best = distances[row];
      for (int other = fromOther; other < toOther && best > 0; other++) {
        int distance = rows.differingBytes(row, others, other, best);
        if (distance < best) {
          best = distance;
          nearest[row] = other;
        }
      }
      distances[row] = best;
    }

    private synchronized void report(long newPairs) {
      pairsDone += newPairs;
      progress.show(pairsDone, pairs);
    }
  }
}
