package org.virusmnist.audit;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.virusmnist.dataset.ImageSet;

/**
 * Searches nearest neighbours, each row compared only with those that share some of its bytes.
 *
 * <p>{@link WordIndex} says which may be near. They are compared eight bytes at a time, the most
 * varied bytes first ({@link ColumnOrder}), and a pair is given up when it differs in more bytes
 * than the best pair of the row so far. Nothing is missed: the result is that of comparing all
 * pairs. Memory: a copy of all rows, their index, and three numbers a processor for each row.
 */
public final class NearestRows {
  private static final int REPORT_EVERY = 128;

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
    Counter counter = new Counter(progress, others.size(), other -> rows.size());
    return new Search(rows, others, (row, other) -> true, counter).run();
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
    Counter counter = new Counter(progress, rows.size(), other -> rows.size() - 1L - other);
    return new Search(rows, rows, (row, other) -> other < row, counter).run();
  }

  /** Whether a row is compared with another one. */
  @FunctionalInterface
  private interface Pairing {
    boolean includes(int row, int other);
  }

  /** One search: its ranges of other rows are shared out among processors. */
  private static final class Search {
    private final PackedRows rows;
    private final PackedRows others;
    private final Pairing pairing;
    private final WordIndex index;
    private final Counter counter;

    Search(PackedRows rows, PackedRows others, Pairing pairing, Counter counter) {
      this.rows = rows;
      this.others = others;
      this.pairing = pairing;
      this.index = WordIndex.of(rows, others);
      this.counter = counter;
    }

    Neighbours run() {
      int ranges = Math.max(1, Runtime.getRuntime().availableProcessors());
      List<Range> searched =
          IntStream.range(0, ranges)
              .parallel()
              .mapToObj(i -> new Range(this).search(part(i, ranges), part(i + 1, ranges)))
              .toList();
      Range first = searched.get(0);
      searched.subList(1, ranges).forEach(first::merge);
      return new Neighbours(first.nearest, first.distances);
    }

    private int part(int i, int ranges) {
      return (int) ((long) others.size() * i / ranges);
    }
  }

  /** Nearest rows within a range of the others; used by one thread. */
  private static final class Range {
    private final Search search;
    private final int[] nearest;
    private final int[] distances;
    private final int[] comparedWith;

    Range(Search search) {
      this.search = search;
      this.nearest = new int[search.rows.size()];
      this.distances = new int[nearest.length];
      this.comparedWith = new int[nearest.length];
      Arrays.fill(nearest, -1);
      Arrays.fill(comparedWith, -1);
      Arrays.fill(distances, Neighbours.FARTHEST + 1);
    }

    Range search(int from, int to) {
      int[] buckets = new int[PackedRows.WORDS];
      int reported = from;
      for (int other = from; other < to; other++) {
        search(other, buckets);
        if (other + 1 == to || other + 1 - reported == REPORT_EVERY) {
          search.counter.add(reported, other + 1);
          reported = other + 1;
        }
      }
      return this;
    }

    /** Where looking up would meet more rows than there are, all are compared one after another. */
    private void search(int other, int[] buckets) {
      long filed = 0;
      for (int word = 0; word < buckets.length; word++) {
        buckets[word] = search.index.bucket(search.others, other, word);
        filed += search.index.to(buckets[word]) - search.index.from(buckets[word]);
      }
      if (filed >= nearest.length) {
        for (int row = 0; row < nearest.length; row++) {
          compare(row, other);
        }
        return;
      }
      for (int bucket : buckets) {
        for (int i = search.index.from(bucket); i < search.index.to(bucket); i++) {
          int row = search.index.row(i);
          if (comparedWith[row] != other) {
            comparedWith[row] = other;
            compare(row, other);
          }
        }
      }
    }

    private void compare(int row, int other) {
      int best = distances[row];
      if (best > 0 && search.pairing.includes(row, other)) {
        int distance = search.rows.differingBytes(row, search.others, other, best);
        if (distance < best) {
          distances[row] = distance;
          nearest[row] = other;
        }
      }
    }

    /** Takes what a range of later rows has found where it is nearer. */
    void merge(Range later) {
      for (int row = 0; row < nearest.length; row++) {
        if (later.distances[row] < distances[row]) {
          distances[row] = later.distances[row];
          nearest[row] = later.nearest[row];
        }
      }
    }
  }

  /** Counts pairs for the progress. */
  private static final class Counter {
    private final Progress progress;
    private final IntToLongFunction pairsOf;
    private final long total;
    private long done;

    /** Counts so many pairs with each of the other rows. */
    Counter(Progress progress, int others, IntToLongFunction pairsOf) {
      this.progress = progress;
      this.pairsOf = pairsOf;
      this.total = pairs(0, others);
    }

    private long pairs(int from, int to) {
      return IntStream.range(from, to).mapToLong(pairsOf).sum();
    }

    synchronized void add(int from, int to) {
      done += pairs(from, to);
      progress.show(done, total);
    }
  }
}
