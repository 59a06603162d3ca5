package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers computed by hand. */
final class DatasetSummaryTest {
  @Test
  void summarisesPixelsAndClasses() {
    byte[] pixels = new byte[4 * ImageSet.PIXELS];
    pixels[0] = 'M';
    pixels[1] = 'Z';
    pixels[ImageSet.PIXELS] = 'M';
    Arrays.fill(pixels, 2 * ImageSet.PIXELS, 3 * ImageSet.PIXELS, (byte) 200);
    ImageSet images = ImageSet.of(pixels, new int[] {0, 2, 2, 2}, new String[4], "a.csv");
    DatasetSummary summary = DatasetSummary.of(images, 4);
    double mean = (77 + 90 + 77 + 1024 * 200) / 4096.0;
    assertThat(summary)
        .isEqualTo(new DatasetSummary(4, 1026, List.of(1, 0, 3, 0), 0, 200, mean, 0.25, 2));
  }

  @Test
  void summarisesUnlabelledImages() {
    byte[] pixels = new byte[ImageSet.PIXELS];
    Arrays.fill(pixels, (byte) 255);
    DatasetSummary summary = DatasetSummary.of(ImageSet.of(pixels, null), 10);
    assertThat(summary).isEqualTo(new DatasetSummary(1, 1024, List.of(), 255, 255, 255, 0, 1));
  }

  @Test
  void refusesWhatCannotBeSummarised() {
    ImageSet empty = ImageSet.of(new byte[0], null);
    assertThatThrownBy(() -> DatasetSummary.of(empty, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("memory has no images to summarise");
    ImageSet images = ImageSet.of(new byte[1024], new int[] {10});
    assertThatThrownBy(() -> DatasetSummary.of(images, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label of row 0 is 10, expected 0 to 9");
  }
}
