package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageGridChartTest {
  @TempDir Path directory;

  @Test
  void drawsRowsOfImages() throws IOException {
    Path file = directory.resolve("samples.png");
    ImageTile tile = ImageTile.of(new byte[1024], List.of("windows_arm64_native", "→ efi", "9 %"));

    ImageGridChart.write(
        file, "A title ".repeat(40), Collections.nCopies(11, tile), 8, ChartStyle.light());

    PngFile.Size size = ImageGridChart.size(Collections.nCopies(11, tile), 8, ChartStyle.light());
    Png.assertDrawn(file, 2 * size.width(), 2 * size.height());
    Png.assertEmptyEdge(file);
  }

  @Test
  void drawsOneImageWithoutCaption() throws IOException {
    Path file = directory.resolve("one.png");

    ImageGridChart.write(
        file, "One", List.of(ImageTile.of(new byte[4], List.of())), 8, ChartStyle.light());

    assertThat(Png.read(file).getWidth()).isEqualTo(912);
  }

  @Test
  void growsByRowsNotByImages() {
    assertThat(size(9, "a").height())
        .isEqualTo(size(16, "a").height())
        .isGreaterThan(size(8, "a").height());
  }

  @Test
  void longerCaptionsMakeALargerPicture() {
    int plain = size(8, "a").width();

    assertThat(size(8, "true: windows_arm64_native").width()).isBetween(plain + 200, plain + 600);
    assertThat(size(8, "a".repeat(100)).width()).isEqualTo(2 * 18 + 8 * 180);
  }

  @Test
  void imageIsRowByRowFromUnsignedBytes() {
    BufferedImage image =
        ImageTile.of(new byte[] {0, (byte) 255, (byte) 128, 1}, List.of()).image();

    assertThat(image.getRGB(1, 0)).isEqualTo(0xFFFFFFFF);
    assertThat(image.getRGB(0, 1)).isEqualTo(0xFF808080);
    assertThat(image.getRGB(1, 1)).isEqualTo(0xFF010101);
  }

  @Test
  void tileKeepsNothingOfTheArrayItWasGiven() {
    byte[] grey = new byte[4];
    ImageTile tile = ImageTile.of(grey, List.of());

    grey[0] = 7;

    assertThat(tile.image().getRGB(0, 0)).isEqualTo(0xFF000000);
  }

  @Test
  void rejectsWhatCannotBeDrawn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageTile.of(new byte[1023], List.of()))
        .withMessage("1023 pixels are no square image");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageTile.of(new byte[0], List.of()))
        .withMessage("0 pixels are no square image");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageGridChart.write(Path.of("x"), "", List.of(), 8, ChartStyle.light()))
        .withMessage("0 images in 8 columns, expected at least 1 in 1");
  }

  private static PngFile.Size size(int tiles, String caption) {
    ImageTile tile = ImageTile.of(new byte[4], List.of(caption));
    return ImageGridChart.size(Collections.nCopies(tiles, tile), 8, ChartStyle.light());
  }
}
