package org.virusmnist.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.virusmnist.dataset.ImageSet;

class TrainRecordTest {
  @Test
  void countsTheRowsOfEveryClass() {
    ImageSet images = ImageSet.of(new byte[3 * ImageSet.PIXELS], new int[] {2, 0, 2});

    assertThat(TrainRecord.classCounts(images, 4)).containsExactly(1, 0, 2, 0);
  }
}
