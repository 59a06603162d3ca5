package org.virusmnist.spark;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The data lines of one piece of a CSV file.
 *
 * <p>The header is left out, and so are blank lines at the end of a file. Where compressed data are
 * damaged, the last line says so and nothing follows; a fault of the network is thrown, so that
 * Spark tries again.
 */
final class DataLines implements Iterator<DataLines.Line> {
  private static final Text BLANK = new Text();

  private final Iterator<Tuple2<LongWritable, Text>> lines;
  private final boolean endsFile;
  private final ArrayDeque<Line> ready = new ArrayDeque<>();
  private boolean isDone;

  /**
   * A data line, or what kept lines from being read.
   *
   * @param text the line, or null; overwritten by {@link DataLines#hasNext}
   * @param fault why there is none, or null
   */
  record Line(@Nullable Text text, @Nullable String fault) {}

  /**
   * Wraps the lines of a piece.
   *
   * @param lines byte offset in the file and text; the line at offset 0 is the header
   * @param endsFile whether no row follows in another piece, so that blank lines at the end are
   *     none
   */
  DataLines(Iterator<Tuple2<LongWritable, Text>> lines, boolean endsFile) {
    this.lines = lines;
    this.endsFile = endsFile;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && !isDone) {
      advance();
    }
    return !ready.isEmpty();
  }

  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void advance() {
    try {
      readToNextRow();
    } catch (Exception e) { // Scala's iterators throw what they do not declare
      if (!Damage.isDamage(e)) {
        throw e;
      }
      ready.add(new Line(null, Damage.reason(e)));
      isDone = true;
    }
  }

  /** Reads on to the next line that is not blank; blank ones before it count then. */
  private void readToNextRow() {
    ArrayDeque<Line> blank = new ArrayDeque<>();
    while (lines.hasNext()) {
      Tuple2<LongWritable, Text> line = lines.next();
      if (line._1().get() == 0) {
        continue;
      }
      if (line._2().getLength() > 0) {
        ready.addAll(blank);
        ready.add(new Line(line._2(), null));
        return;
      }
      blank.add(new Line(BLANK, null));
    }
    if (!endsFile) {
      ready.addAll(blank);
    }
    isDone = true;
  }
}
