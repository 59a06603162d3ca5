package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Small data sets whose every pixel is known. */
final class TestImages {
  private TestImages() {}

  /** Pixel {@code i} of image {@code row} is {@code (7 × row + i) mod 256}: no symmetry. */
  static byte[] pixels(int rows) {
    byte[] pixels = new byte[rows * ImageSet.PIXELS];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < ImageSet.PIXELS; i++) {
        pixels[row * ImageSet.PIXELS + i] = (byte) (7 * row + i);
      }
    }
    return pixels;
  }

  static ImageSet unlabelled(int rows) {
    return ImageSet.of(pixels(rows), null);
  }

  static byte[] grey(ImageSet images, int row) {
    byte[] grey = new byte[ImageSet.PIXELS];
    images.copyGreyTo(row, grey, 0);
    return grey;
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(String content) {
    return gzip(content.getBytes(UTF_8));
  }

  static void requireEqual(ImageSet found, ImageSet expected) {
    assertThat(found.size()).isEqualTo(expected.size());
    assertThat(found.hasLabels()).isEqualTo(expected.hasLabels());
    assertThat(found.hasHashes()).isEqualTo(expected.hasHashes());
    for (int row = 0; row < expected.size(); row++) {
      assertThat(grey(found, row)).isEqualTo(grey(expected, row));
      assertThat(found.hash(row)).isEqualTo(expected.hash(row));
      if (expected.hasLabels()) {
        assertThat(found.label(row)).isEqualTo(expected.label(row));
      }
    }
  }
}
