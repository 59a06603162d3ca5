package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.virusmnist.storage.AtomicFile;

/** Writes CSV files in the Virus-MNIST format, as {@link ImageCsv} reads them. */
public final class ImageCsvWriter {
  private ImageCsvWriter() {}

  /**
   * Writes a whole file, or leaves it as it was.
   *
   * @param file path of the file; one whose name ends in {@code .gz} is gzipped
   * @param images the rows; labels and hashes are columns where the set has them
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, ImageSet images) throws IOException {
    boolean isGzipped = file.toString().endsWith(".gz");
    AtomicFile.write(
        file,
        out -> {
          if (isGzipped) {
            try (GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 13)) {
              writeRows(zipped, images);
            }
          } else {
            writeRows(out, images);
          }
        });
  }

  private static void writeRows(OutputStream out, ImageSet images) throws IOException {
    out.write(header(images).getBytes(US_ASCII));
    for (int row = 0; row < images.size(); row++) {
      out.write(row(images, row).getBytes(US_ASCII));
    }
  }

  private static String header(ImageSet images) {
    StringBuilder line = new StringBuilder(images.hasLabels() ? "label," : "");
    for (int i = 1; i <= ImageSet.PIXELS; i++) {
      line.append(i == 1 ? "pixel" : ",pixel").append(i);
    }
    return line.append(images.hasHashes() ? ",hash\n" : "\n").toString();
  }

  private static String row(ImageSet images, int row) {
    StringBuilder line = new StringBuilder(4 * ImageSet.PIXELS);
    if (images.hasLabels()) {
      line.append(images.label(row)).append(',');
    }
    for (int i = 0; i < ImageSet.PIXELS; i++) {
      line.append(i == 0 ? "" : ",").append(images.pixel(row, i));
    }
    if (images.hasHashes()) {
      String hash = images.hash(row);
      line.append(',').append(hash == null ? "" : hash);
    }
    return line.append('\n').toString();
  }
}
