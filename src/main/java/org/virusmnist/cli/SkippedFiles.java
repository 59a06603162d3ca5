package org.virusmnist.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.report.FileListCsv;

/** Files without an image, listed with the reason: {@code file,reason}. */
final class SkippedFiles implements AutoCloseable {
  private final Path csv;
  private @Nullable FileListCsv list;
  private @Nullable Skipped first;
  private long count;

  SkippedFiles(Path csv) {
    this.csv = csv;
  }

  void open() throws IOException {
    list = FileListCsv.open(csv, "file", "reason");
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

  Path csv() {
    return csv;
  }

  /** Says how many there are, and where to read why. */
  void print(PrintWriter out) {
    out.println(
        first == null
            ? "Wrote %s: no file was skipped".formatted(csv)
            : String.format(
                Locale.ROOT,
                "Wrote %s: %,d skipped, the first is %s: %s",
                csv,
                count,
                Printable.of(first.file().path()),
                Printable.of(first.reason())));
  }

  @Override
  public void close() throws IOException {
    if (list != null) {
      list.close();
    }
  }
}
