package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** What tests ask of a picture: that it decodes, how large it is, that something is on it. */
final class Png {
  private Png() {}

  static BufferedImage read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image).as("a picture in %s", file).isNotNull();
    return image;
  }

  static void assertDrawn(Path file, int width, int height) throws IOException {
    BufferedImage image = read(file);
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
    assertThat(colours(image)).as("different colours").isGreaterThan(10);
  }

  /** Nothing touches the edge, so nothing was cut off there. */
  static void assertEmptyEdge(Path file) throws IOException {
    BufferedImage image = read(file);
    int background = image.getRGB(0, 0);
    int right = image.getWidth() - 1;
    int bottom = image.getHeight() - 1;
    assertThat(IntStream.rangeClosed(0, right).map(x -> image.getRGB(x, 0)))
        .containsOnly(background);
    assertThat(IntStream.rangeClosed(0, right).map(x -> image.getRGB(x, bottom)))
        .containsOnly(background);
    assertThat(IntStream.rangeClosed(0, bottom).map(y -> image.getRGB(0, y)))
        .containsOnly(background);
    assertThat(IntStream.rangeClosed(0, bottom).map(y -> image.getRGB(right, y)))
        .containsOnly(background);
  }

  private static long colours(BufferedImage image) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
        .distinct()
        .count();
  }
}
