package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFileTest {
  private static final PngFile.Size SIZE = new PngFile.Size(30, 20);

  @TempDir Path directory;

  @Test
  void drawsInPointsOnTheBackground() throws IOException {
    Path file = directory.resolve("deep/picture.png");

    PngFile.write(
        file,
        SIZE,
        ChartStyle.light(),
        graphics -> {
          graphics.setColor(Color.RED);
          graphics.fillRect(10, 0, 20, 20);
        });

    BufferedImage image = Png.read(file);
    assertThat(image.getWidth()).isEqualTo(60);
    assertThat(image.getHeight()).isEqualTo(40);
    assertThat(new Color(image.getRGB(5, 5))).isEqualTo(Color.WHITE);
    assertThat(new Color(image.getRGB(50, 35))).isEqualTo(Color.RED);
  }

  @Test
  void drawingThatFailsLeavesNothingBehind() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                PngFile.write(
                    directory.resolve("picture.png"),
                    SIZE,
                    ChartStyle.light(),
                    graphics -> {
                      throw new IllegalStateException("cannot draw");
                    }))
        .withMessage("cannot draw");
    assertThat(directory).isEmptyDirectory();
  }
}
