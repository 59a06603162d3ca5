package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads CSV files in the Virus-MNIST format: {@code label,pixel1..pixel1024,hash} with a header.
 *
 * <p>The columns may be in any order; {@code hash} may be missing, {@code label} too where {@link
 * Labels#OPTIONAL} says so. A file whose name ends in {@code .gz} is gunzipped. Pixels are plain
 * integers from 0 to 255, labels from 0 to classCount − 1, in ASCII digits with nothing around
 * them, quoted or not. A hash is 32, 40 or 64 hexadecimal digits, as long in every row as in the
 * first, or empty.
 *
 * <p>Accepted, because other tools write it and nothing is lost: a UTF-8 byte order mark, lines
 * that end in LF, CRLF or a lone CR, a last line without end, blank lines at the end of the file,
 * leading zeros. Everything else is refused at its first fault with a {@link
 * DatasetFormatException} that says where; no row is ever skipped. A row has at most 65,536
 * characters, so that no file can fill the memory with one.
 */
public final class ImageCsv {
  /** Rows that {@link #read} takes at most: 2 GiB of pixels. Streams have no such bound. */
  public static final int MAX_ROWS_IN_MEMORY = 1 << 21;

  private ImageCsv() {}

  /**
   * Reads a whole labelled file.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file
   * @param classCount labels are 0 to classCount − 1
   * @return all rows in the order of the file
   * @throws DatasetFormatException if the content is not as described above
   * @throws IOException if the file cannot be read; the message names it
   */
  public static ImageSet read(Path file, int classCount) throws IOException {
    return read(file, classCount, Labels.REQUIRED);
  }

  /**
   * Reads a whole file.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file
   * @param classCount labels are 0 to classCount − 1
   * @param labels whether the label column may be missing
   * @return all rows in the order of the file
   * @throws DatasetFormatException if the content is not as described above
   * @throws IOException if the file cannot be read; the message names it
   */
  public static ImageSet read(Path file, int classCount, Labels labels) throws IOException {
    CsvSchema schema = CsvSchema.inMemory(classCount, labels);
    try (RowSource rows = FastRows.open(file, schema)) {
      ImageRows images =
          new ImageRows(schema.pixels(), rows.layout().hasLabels(), rows.layout().hasHashes());
      rows.read(images, Integer.MAX_VALUE);
      return images.toImageSet(file.toString());
    }
  }

  /**
   * Opens a labelled file to read it chunk by chunk.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file
   * @param classCount labels are 0 to classCount − 1
   * @param rowsPerChunk images of a chunk, at least 1
   * @return the open file, owned by the caller; its header is read
   * @throws DatasetFormatException if the header is not as described above
   * @throws IOException if the file cannot be read; the message names it
   */
  public static ImageCsvStream open(Path file, int classCount, int rowsPerChunk)
      throws IOException {
    return open(file, classCount, rowsPerChunk, Labels.REQUIRED);
  }

  /**
   * Opens a file to read it chunk by chunk.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file
   * @param classCount labels are 0 to classCount − 1
   * @param rowsPerChunk images of a chunk, at least 1
   * @param labels whether the label column may be missing
   * @return the open file, owned by the caller; its header is read
   * @throws DatasetFormatException if the header is not as described above
   * @throws IOException if the file cannot be read; the message names it
   */
  public static ImageCsvStream open(Path file, int classCount, int rowsPerChunk, Labels labels)
      throws IOException {
    if (rowsPerChunk < 1) {
      throw new IllegalArgumentException("rowsPerChunk (" + rowsPerChunk + ") must be positive");
    }
    CsvSchema schema = CsvSchema.unbounded(classCount, labels);
    return new ImageCsvStream(file, schema, FastRows.open(file, schema), rowsPerChunk);
  }
}
