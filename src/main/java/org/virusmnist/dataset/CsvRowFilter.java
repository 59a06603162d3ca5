package org.virusmnist.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import java.util.zip.GZIPOutputStream;
import org.virusmnist.storage.AtomicFile;

/**
 * Copies some rows of a CSV file byte for byte, header included, in constant memory.
 *
 * <p>For files that {@link ImageCsv} has read: there no cell has a line break in it, so a row is a
 * line. Files whose names end in {@code .gz} are unpacked and packed.
 */
public final class CsvRowFilter {
  private static final int BUFFER_BYTES = 1 << 16;

  private CsvRowFilter() {}

  /**
   * Writes the chosen rows, or leaves the target as it was.
   *
   * @param source a {@code .csv} or {@code .csv.gz} file
   * @param target the file to write; missing parent directories are made
   * @param isKept says of each row, numbered from 0, whether it is copied
   * @throws IOException if a file cannot be read or written
   */
  public static void copy(Path source, Path target, IntPredicate isKept) throws IOException {
    try (InputStream in = CsvBytes.open(source)) {
      AtomicFile.write(
          target,
          file -> {
            try (OutputStream out = CsvBytes.isGzip(target) ? new GZIPOutputStream(file) : file) {
              copyLines(in, new BufferedOutputStream(out, BUFFER_BYTES), isKept);
            }
          });
    }
  }

  private static void copyLines(InputStream in, OutputStream out, IntPredicate isKept)
      throws IOException {
    int row = -2; // before the header, which is row -1 and always copied
    boolean isCopied = true;
    int previous = '\n';
    for (int value = in.read(); value >= 0; value = in.read()) {
      if (isLineEnd(previous) && !isLineEnd(value)) {
        row++;
        isCopied = row < 0 || isKept.test(row);
      }
      if (isCopied) {
        out.write(value);
      }
      previous = value;
    }
    if (isCopied && !isLineEnd(previous)) {
      out.write('\n');
    }
    out.flush();
  }

  private static boolean isLineEnd(int value) {
    return value == '\n' || value == '\r';
  }
}
