package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Images of a CSV file, chunk after chunk in constant memory. Not thread-safe; the caller closes.
 */
public final class ImageCsvStream implements ImageStream {
  private final Path file;
  private final CsvSchema schema;
  private final RowSource rows;
  private final int rowsPerChunk;

  ImageCsvStream(Path file, CsvSchema schema, RowSource rows, int rowsPerChunk) {
    this.file = file;
    this.schema = schema;
    this.rows = rows;
    this.rowsPerChunk = rowsPerChunk;
  }

  /**
   * Tells whether the file has labels, known from its header.
   *
   * @return whether every chunk has labels
   */
  public boolean hasLabels() {
    return rows.layout().hasLabels();
  }

  /**
   * Returns the next rows.
   *
   * @return a set of {@code rowsPerChunk} images, fewer at the end, or null behind the end
   * @throws DatasetFormatException if a row is not valid; the rows before it in the chunk are lost
   * @throws IOException if the file cannot be read
   */
  @Override
  public @Nullable ImageSet next() throws IOException {
    ImageRows chunk = new ImageRows(schema.pixels(), hasLabels(), rows.layout().hasHashes());
    return rows.read(chunk, rowsPerChunk) == 0 ? null : chunk.toImageSet(file.toString());
  }

  /**
   * Returns how far the file is read, as it lies on the disk.
   *
   * @return bytes read, packed ones of a {@code .gz} file
   */
  public long fileBytes() {
    return rows.fileBytes();
  }

  /**
   * Closes the file.
   *
   * @throws IOException if that fails
   */
  @Override
  public void close() throws IOException {
    rows.close();
  }
}
