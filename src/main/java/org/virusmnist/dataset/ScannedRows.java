package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file through {@link RowScanner}, up to the first that is odd.
 *
 * <p>A buffer holds whole lines; what is behind the last LF moves to its start before the next
 * read. A line that does not fit is odd. Not thread-safe.
 */
final class ScannedRows implements AutoCloseable {
  private final CsvInput in;
  private final byte[] buffer;
  private final int capacity;
  private final CsvSchema schema;
  private final ColumnLayout layout;
  private final RowScanner scanner;
  private int position;
  private int linesEnd;
  private int filled;
  private boolean blank;
  private boolean odd;
  private long rows;

  private ScannedRows(Path file, CsvSchema schema, CsvInput in, int capacity) throws IOException {
    this.in = in;
    this.capacity = capacity;
    this.buffer = new byte[capacity + RowScanner.SLACK];
    this.schema = schema;
    this.layout = ColumnLayout.of(file, header(), schema);
    this.scanner = new RowScanner(layout, schema);
  }

  /** Opens a file with a buffer of so many bytes, or returns null if its start is odd. */
  static @Nullable ScannedRows open(Path file, CsvSchema schema, int capacity) throws IOException {
    CsvInput in = CsvBytes.open(file);
    try {
      return new ScannedRows(file, schema, in, capacity);
    } catch (IOException e) {
      in.close();
      return null;
    }
  }

  ColumnLayout layout() {
    return layout;
  }

  /** Returns whether the strict path has to go on behind {@link #rows}. */
  boolean isOdd() {
    return odd;
  }

  /** Returns how many bytes of the file were read. */
  long fileBytes() {
    return in.fileBytes();
  }

  /** Returns how many rows were read. */
  long rows() {
    return rows;
  }

  /** Appends up to {@code limit} rows; fewer at the end of the file or before an odd row. */
  void read(ImageRows target, int limit) {
    int left = limit;
    while (left > 0 && !odd && hasLine()) {
      if (skipBlankLine()) {
        continue;
      }
      int next =
          blank || rows == schema.maxRows()
              ? RowScanner.ODD
              : scanner.scan(buffer, position, target);
      odd = next == RowScanner.ODD;
      if (!odd) {
        position = next;
        rows++;
        left--;
      }
    }
    odd |= rows == 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private List<String> header() throws IOException {
    if (!hasLine()) {
      throw new IOException("no header");
    }
    int start = position;
    while (buffer[position] != '\n') {
      position++;
    }
    int end = position > start && buffer[position - 1] == '\r' ? position - 1 : position;
    position++;
    String line = new String(buffer, start, end - start, ISO_8859_1);
    return Arrays.asList(line.split(",", -1));
  }

  /** Blank lines are fine, unless a row follows. */
  private boolean skipBlankLine() {
    int at = buffer[position] == '\r' ? position + 1 : position;
    if (buffer[at] != '\n') {
      return false;
    }
    position = at + 1;
    blank = true;
    return true;
  }

  /** Returns whether a whole line starts at the position; at a fault of the file, odd is set. */
  private boolean hasLine() {
    try {
      return position < linesEnd || fill();
    } catch (IOException e) {
      odd = true; // the strict path meets it too, and knows the line
      return false;
    }
  }

  private boolean fill() throws IOException {
    filled -= position;
    System.arraycopy(buffer, position, buffer, 0, filled);
    position = 0;
    int read = in.readNBytes(buffer, filled, capacity - filled);
    filled += read;
    if (filled < capacity && filled > 0 && buffer[filled - 1] != '\n') {
      buffer[filled++] = '\n'; // the end of the file ends its last line
    }
    linesEnd = lastLineFeed() + 1;
    odd |= linesEnd == 0 && filled > 0;
    return linesEnd > 0;
  }

  private int lastLineFeed() {
    int at = filled - 1;
    while (at >= 0 && buffer[at] != '\n') {
      at--;
    }
    return at;
  }
}
