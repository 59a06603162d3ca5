package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.virusmnist.storage.AtomicFile;

/**
 * Writes CSV files in the Virus-MNIST format, as {@link ImageCsv} reads them, row by row in memory
 * that does not grow.
 *
 * <p>The file appears at {@link #commit}; without it, closing leaves nothing behind. For one
 * thread.
 */
public final class ImageCsvWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 13;

  private final AtomicFile file;
  private final OutputStream out;
  private final boolean hasLabels;
  private final boolean hasHashes;
  private final StringBuilder line = new StringBuilder(5 * ImageSet.PIXELS);
  private long rows;

  private ImageCsvWriter(AtomicFile file, OutputStream out, boolean hasLabels, boolean hasHashes) {
    this.file = file;
    this.out = out;
    this.hasLabels = hasLabels;
    this.hasHashes = hasHashes;
  }

  /**
   * Starts a file with its header.
   *
   * @param target path of the file, its missing parent directories are made; one whose name ends in
   *     {@code .gz} is gzipped
   * @param hasLabels whether there is a column of labels
   * @param hasHashes whether there is a column of hashes
   * @return the open file, owned by the caller
   * @throws IOException if it cannot be written
   */
  public static ImageCsvWriter open(Path target, boolean hasLabels, boolean hasHashes)
      throws IOException {
    AtomicFile file = AtomicFile.open(target);
    try {
      OutputStream out =
          CsvBytes.isGzip(target)
              ? new GZIPOutputStream(file.stream(), BUFFER_BYTES)
              : file.stream();
      ImageCsvWriter writer = new ImageCsvWriter(file, out, hasLabels, hasHashes);
      writer.addHeader();
      return writer;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Writes a whole file, or leaves it as it was.
   *
   * @param file path of the file; one whose name ends in {@code .gz} is gzipped
   * @param images the rows; labels and hashes are columns where the set has them
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, ImageSet images) throws IOException {
    try (ImageCsvWriter writer = open(file, images.hasLabels(), images.hasHashes())) {
      byte[] pixels = new byte[ImageSet.PIXELS];
      for (int row = 0; row < images.size(); row++) {
        images.copyGreyTo(row, pixels, 0);
        writer.add(pixels, images.hasLabels() ? images.label(row) : 0, images.hash(row));
      }
      writer.commit();
    }
  }

  /**
   * Appends a row.
   *
   * @param pixels 1,024 unsigned bytes
   * @param label its class, from 0; ignored where there are no labels
   * @param hash its hash, null for an empty cell; ignored where there are no hashes
   * @throws IOException if the disk is full or the like
   */
  public void add(byte[] pixels, int label, @Nullable String hash) throws IOException {
    line.setLength(0);
    appendRow(line, pixels, hasLabels ? label : null, hasHashes ? cell(hash) : null);
    write();
    rows++;
  }

  /**
   * Returns the number of rows so far.
   *
   * @return 0 or more
   */
  public long rows() {
    return rows;
  }

  /**
   * Makes the file appear under its name.
   *
   * @throws IOException if the disk is full or the like; the file is then as it was
   */
  public void commit() throws IOException {
    out.close(); // ends a gzip stream; the file itself stays open
    file.commit();
  }

  /**
   * Ends the writing; without {@link #commit} before, the rows are thrown away.
   *
   * @throws IOException if what was written cannot be deleted
   */
  @Override
  public void close() throws IOException {
    try (file) {
      out.close(); // frees a gzip stream; harmless after a commit
    } catch (IOException e) {
      return; // not committed: what it held back is thrown away with the rest
    }
  }

  /**
   * Returns the first line of a file.
   *
   * @param hasLabels whether rows begin with a label
   * @param hasHashes whether rows end with a hash
   * @return the names of the columns, without the end of the line
   */
  public static String header(boolean hasLabels, boolean hasHashes) {
    StringBuilder line = new StringBuilder(hasLabels ? "label," : "");
    for (int i = 1; i <= ImageSet.PIXELS; i++) {
      line.append(i == 1 ? "pixel" : ",pixel").append(i);
    }
    return line.append(hasHashes ? ",hash" : "").toString();
  }

  /**
   * Appends the cells of a row.
   *
   * @param line receives them, without the end of the line
   * @param pixels 1,024 unsigned bytes
   * @param label the class, or null where there are no labels
   * @param hash the hash, empty if it is not known, or null where there are no hashes
   */
  public static void appendRow(
      StringBuilder line, byte[] pixels, @Nullable Integer label, @Nullable String hash) {
    if (label != null) {
      line.append(label.intValue()).append(',');
    }
    for (int i = 0; i < ImageSet.PIXELS; i++) {
      line.append(i == 0 ? "" : ",").append(pixels[i] & 0xFF);
    }
    if (hash != null) {
      line.append(',').append(hash);
    }
  }

  private static String cell(@Nullable String hash) {
    return hash == null ? "" : hash;
  }

  private void addHeader() throws IOException {
    line.append(header(hasLabels, hasHashes));
    write();
  }

  private void write() throws IOException {
    out.write(line.append('\n').toString().getBytes(US_ASCII));
  }
}
