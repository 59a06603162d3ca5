package org.virusmnist.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * The bytes of a CSV file: unpacked when its name ends in {@code .gz}, without byte order mark.
 *
 * <p>A UTF-8 byte order mark is skipped, as Excel and PowerShell write one. UTF-16 is refused, with
 * or without mark. Every exception names the file as the caller named it.
 */
final class CsvBytes {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MARK_BYTES = 3;

  private CsvBytes() {}

  /** Opens the file; the caller closes the stream, whose faults go through {@link #named}. */
  static CsvInput open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a directory, expected a CSV file. Name a file in it.");
    }
    try {
      return openUnnamed(file);
    } catch (DatasetFormatException e) {
      throw e;
    } catch (ZipException e) {
      throw gzipFault(file, 0, e);
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  static boolean isGzip(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** Returns the exception as one line of what, where and next step. */
  static IOException named(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new IOException(file + ": no such file. Check the path.", e);
    }
    if (e instanceof AccessDeniedException) {
      return new IOException(file + ": permission denied. Check who may read it.", e);
    }
    return new IOException(file + ": cannot be read (" + e.getMessage() + ").", e);
  }

  static DatasetFormatException gzipFault(Path file, long line, ZipException e) {
    DatasetFormatException fault = new DatasetFormatException(file, line, e.getMessage() + ".");
    fault.initCause(e);
    return fault;
  }

  private static CsvInput openUnnamed(Path file) throws IOException {
    CsvInput.Raw raw = new CsvInput.Raw(Files.newInputStream(file));
    try {
      InputStream text = isGzip(file) ? new GzipStream(raw) : raw;
      return checkEncoding(file, new CsvInput(raw, text, BUFFER_BYTES));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static CsvInput checkEncoding(Path file, CsvInput in) throws IOException {
    in.mark(MARK_BYTES);
    byte[] start = in.readNBytes(MARK_BYTES);
    in.reset();
    if (isUtf16(start)) {
      throw new DatasetFormatException(
          file, 0, "is UTF-16 text, expected UTF-8. Convert it with iconv -f UTF-16 -t UTF-8.");
    }
    if (GzipStream.isMagic(start)) {
      throw new DatasetFormatException(
          file,
          0,
          isGzip(file)
              ? "is gzip data twice, expected once. Gunzip it."
              : "is gzip data, although its name does not end in .gz. Rename it.");
    }
    if (hasUtf8Mark(start)) {
      in.skipNBytes(MARK_BYTES);
    }
    return in;
  }

  private static boolean isUtf16(byte[] start) {
    if (start.length < 2) {
      return false;
    }
    int first = ((start[0] & 0xFF) << 8) | (start[1] & 0xFF);
    // Without a mark, every second byte of ASCII text is zero.
    return first == 0xFEFF || first == 0xFFFE || ((start[0] == 0) != (start[1] == 0));
  }

  private static boolean hasUtf8Mark(byte[] start) {
    return start.length == MARK_BYTES
        && start[0] == (byte) 0xEF
        && start[1] == (byte) 0xBB
        && start[2] == (byte) 0xBF;
  }
}
