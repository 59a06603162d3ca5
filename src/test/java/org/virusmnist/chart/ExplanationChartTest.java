package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationChartTest {
  @TempDir private Path directory;

  @Test
  void drawsAPictureHoweverManyBytesAreNamed() throws IOException {
    float[] values = new float[1024];
    values[3] = -1;
    values[40] = 2;
    ImportantByte important = new ImportantByte(40, 255, "COFF Machine [0]".repeat(9), 2);
    Path png = directory.resolve("new/row-1.png");
    ExplanationPicture picture =
        new ExplanationPicture(
            "title",
            "subtitle",
            new byte[1024],
            values,
            new float[1024],
            Collections.nCopies(200, important));
    ExplanationChart.write(png, picture, ChartStyle.light());
    BufferedImage image = ImageIO.read(png.toFile());

    assertThat(image.getWidth()).isEqualTo(1948);
    assertThat(image.getHeight()).isGreaterThan(1600);
  }

  @Test
  void refusesAnImageOfAnotherSize() {
    assertThatThrownBy(
            () ->
                new ExplanationPicture(
                    "", "", new byte[4], new float[1024], new float[1024], List.of()))
        .hasMessage("4 bytes, 1024 attributions and 1024 occlusions, expected 1024 of each");
  }
}
