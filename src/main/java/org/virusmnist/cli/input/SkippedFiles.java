package org.virusmnist.cli.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.Printable;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.report.FileListCsv;

/** Files without an image, counted, and listed with the reason: {@code file,reason}. */
public final class SkippedFiles implements AutoCloseable {
  private final @Nullable Path csv;
  private @Nullable FileListCsv list;
  private @Nullable Skipped first;
  private long count;

  /** Lists them in a file, or nowhere. */
  public SkippedFiles(@Nullable Path csv) {
    this.csv = csv;
  }

  /** Begins the list; throws {@code IOException} if it cannot be written. */
  public void open() throws IOException {
    list = csv == null ? null : FileListCsv.open(csv, "file", "reason");
  }

  /** Adds a file and the reason why it was left out. */
  public void add(Skipped file) throws IOException {
    first = first == null ? file : first;
    count++;
    if (list != null) {
      list.add(file.file().path(), file.reason());
    }
  }

  /** Puts the whole list in its place, if one was asked for. */
  public void commit() throws IOException {
    if (list != null) {
      list.commit();
    }
  }

  /** Returns how many files were left out. */
  public long count() {
    return count;
  }

  /** Returns how many there are and an example, as the end of a line. */
  public String summary() {
    return first == null
        ? "no file was skipped"
        : String.format(
            Locale.ROOT,
            "%,d skipped, the first is %s: %s",
            count,
            Printable.of(first.file().path()),
            Printable.of(first.reason()));
  }

  @Override
  public void close() throws IOException {
    if (list != null) {
      list.close();
    }
  }
}
