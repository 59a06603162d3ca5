package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.report.FileListCsv;

/** Files without an image, counted, and listed with the reason: {@code file,reason}. */
final class SkippedFiles implements AutoCloseable {
  private final @Nullable Path csv;
  private @Nullable FileListCsv list;
  private @Nullable Skipped first;
  private long count;

  /** Lists them in a file, or nowhere. */
  SkippedFiles(@Nullable Path csv) {
    this.csv = csv;
  }

  void open() throws IOException {
    list = csv == null ? null : FileListCsv.open(csv, "file", "reason");
  }

  void add(Skipped file) throws IOException {
    first = first == null ? file : first;
    count++;
    if (list != null) {
      list.add(file.file().path(), file.reason());
    }
  }

  void commit() throws IOException {
    if (list != null) {
      list.commit();
    }
  }

  long count() {
    return count;
  }

  /** Returns how many there are and an example, as the end of a line. */
  String summary() {
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
