package org.virusmnist.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.virusmnist.dataset.ImageSet;

/** A model that looks at two bytes and no other. */
class OcclusionTest {
  private final List<Integer> calls = new ArrayList<>();

  @Test
  void findsTheBytesThatMatterAndWhichWay() throws IOException {
    byte[] grey = new byte[ImageSet.PIXELS];
    grey[5] = 1;
    grey[6] = 1;
    grey[700] = 1;
    float[] drops = new Occlusion(this::probabilities, 2, 2).of(grey, 1);

    assertThat(drops).hasSize(1024);
    assertThat(drops[5]).isCloseTo((float) Math.log(0.4 / 0.1), within(1e-5f));
    assertThat(drops[700]).isCloseTo((float) Math.log(0.4 / 0.8), within(1e-5f));
    assertThat(drops[6]).isZero();
    assertThat(drops[7]).isZero();
    assertThat(calls).containsExactly(1, 2, 1);
  }

  @Test
  void survivesAProbabilityOfZero() throws IOException {
    byte[] grey = new byte[ImageSet.PIXELS];
    grey[0] = 1;
    float[] drops = new Occlusion(images -> new float[] {images.pixel(0, 0)}, 1, 8).of(grey, 0);

    assertThat(drops[0]).isCloseTo((float) -Math.log(1e-30), within(1e-3f));
  }

  /** Class 1 has 0.4; 0.1 without byte 5, 0.8 without byte 700. */
  private float[] probabilities(ImageSet images) {
    calls.add(images.size());
    float[] probabilities = new float[2 * images.size()];
    for (int row = 0; row < images.size(); row++) {
      float second = images.pixel(row, 5) == 0 ? 0.1f : images.pixel(row, 700) == 0 ? 0.8f : 0.4f;
      probabilities[2 * row] = 1 - second;
      probabilities[2 * row + 1] = second;
    }
    return probabilities;
  }
}
