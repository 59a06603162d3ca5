package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.ByteNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** A transpose, a swap of channels or a sign error in a pixel makes these tests fail. */
final class ImageSetTest {
  private static final String MD5 = "9a931d81ebefc730470add15a568ee2d";
  private static final String OTHER_MD5 = "00000000000000000000000000000000";
  private static final int RGB = 3072;

  @Test
  void keepsPixelsUnsigned() {
    ImageSet images = TestImages.unlabelled(2);
    assertThat(images.pixel(0, 255)).isEqualTo(255);
    assertThat(images.pixel(0, 256)).isZero();
    assertThat(images.pixel(1, 0)).isEqualTo(7);
  }

  @Test
  void copiesWhatItIsGiven() {
    byte[] pixels = new byte[ImageSet.PIXELS];
    int[] labels = {3};
    ImageSet images = ImageSet.of(pixels, labels);
    pixels[0] = 9;
    labels[0] = 4;
    assertThat(images.pixel(0, 0)).isZero();
    assertThat(images.label(0)).isEqualTo(3);
  }

  @Test
  void copiesTheLabelsItHandsOut() {
    ImageSet images = ImageSet.of(new byte[ImageSet.PIXELS], new int[] {3});
    images.labels()[0] = 4;
    assertThat(images.labels()).containsExactly(3);
  }

  @Test
  void holdsMoreImagesThanABlock() {
    ImageSet images = TestImages.unlabelled(600);
    for (int row = 0; row < 600; row++) {
      assertThat(images.pixel(row, 1)).isEqualTo((7 * row + 1) % 256);
    }
    assertThat(images.size()).isEqualTo(600);
  }

  @Test
  void mayBeEmpty() {
    ImageSet images = ImageSet.of(new byte[0], new int[0]);
    assertThat(images.size()).isZero();
    assertThat(images.labels()).isEmpty();
  }

  @Test
  void hasLabelsForAllOrNone() {
    assertThat(ImageSet.of(TestImages.pixels(2), new int[] {1, 9}).labels()).containsExactly(1, 9);
    ImageSet unlabelled = TestImages.unlabelled(2);
    assertThat(unlabelled.hasLabels()).isFalse();
    assertThatThrownBy(() -> unlabelled.label(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("memory has no labels");
  }

  @Test
  void keepsHashesAsTheyCameAndKnowsWhichAreAbsent() {
    String[] hashes = {null, MD5, null, OTHER_MD5, null};
    ImageSet images = ImageSet.of(TestImages.pixels(5), null, hashes, "a.csv");
    assertThat(images.hasHashes()).isTrue();
    for (int row = 0; row < 5; row++) {
      assertThat(images.hash(row)).isEqualTo(hashes[row]);
    }
    assertThat(images.source()).isEqualTo("a.csv");
  }

  @Test
  void hasNoHashesWithoutAHashColumn() {
    ImageSet images = TestImages.unlabelled(1);
    assertThat(images.hasHashes()).isFalse();
    assertThat(images.hash(0)).isNull();
  }

  @Test
  void hasAHashColumnOfAbsentHashes() {
    ImageSet images = ImageSet.of(TestImages.pixels(2), null, new String[2], "a.csv");
    assertThat(images.hasHashes()).isTrue();
    assertThat(images.hash(1)).isNull();
  }

  @Test
  void refusesArraysThatDoNotFit() {
    assertThatThrownBy(() -> ImageSet.of(new byte[1023], null))
        .hasMessage("pixels (1023 bytes) must be a multiple of 1024");
    assertThatThrownBy(() -> ImageSet.of(new byte[1024], new int[2]))
        .hasMessage("2 labels for 1 images");
    assertThatThrownBy(() -> ImageSet.of(new byte[1024], null, new String[2], "a.csv"))
        .hasMessage("2 hashes for 1 images");
    assertThatThrownBy(() -> ImageSet.of(new byte[1024], new int[] {-1}))
        .hasMessage("label of row 0 is -1");
  }

  @Test
  void refusesHashesOfDifferentLength() {
    String[] hashes = {MD5, "abcd"};
    assertThatThrownBy(() -> ImageSet.of(TestImages.pixels(2), null, hashes, "a.csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hash of row 1 has 4 characters, others 32");
  }

  @Test
  void refusesRowsAndPixelsThatDoNotExist() {
    ImageSet images = ImageSet.of(TestImages.pixels(2), new int[2]);
    assertThatThrownBy(() -> images.pixel(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.pixel(0, 1024)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.hash(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.label(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.copyGreyTo(-1, new byte[1024], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.select(new int[] {2}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void copiesGreyBytesToAnOffset() {
    byte[] target = new byte[ImageSet.PIXELS + 2];
    TestImages.unlabelled(3).copyGreyTo(2, target, 1);
    assertThat(target[0]).isZero();
    assertThat(Arrays.copyOfRange(target, 1, 4)).containsExactly(14, 15, 16);
    assertThat(target[ImageSet.PIXELS + 1]).isZero();
  }

  @Test
  void selectsRowsInTheGivenOrderWithLabelsAndHashes() {
    int[] labels = {5, 6, 7};
    String[] hashes = {MD5, null, OTHER_MD5};
    ImageSet chosen =
        ImageSet.of(TestImages.pixels(3), labels, hashes, "a.csv").select(new int[] {2, 1, 2});
    assertThat(chosen.labels()).containsExactly(7, 6, 7);
    assertThat(chosen.hash(0)).isEqualTo(OTHER_MD5);
    assertThat(chosen.hash(1)).isNull();
    assertThat(chosen.pixel(0, 0)).isEqualTo(14);
    assertThat(chosen.pixel(1, 0)).isEqualTo(7);
    assertThat(chosen.source()).isEqualTo("a.csv");
  }

  @Test
  void selectsFromAPlainSet() {
    ImageSet chosen = TestImages.unlabelled(2).select(new int[] {1});
    assertThat(chosen.hasLabels()).isFalse();
    assertThat(chosen.hasHashes()).isFalse();
    assertThat(chosen.size()).isEqualTo(1);
  }

  @Test
  void repeatsGreyIntoChannelsWithChannelsLast() {
    byte[] grey = new byte[ImageSet.PIXELS];
    grey[1] = 100; // row 0, column 1
    grey[ImageSet.SIDE] = (byte) 200; // row 1, column 0
    ByteNdArray rgb = ImageSet.of(grey, null).rgb(new int[] {0}, 0, 1);
    assertThat(rgb.shape()).isEqualTo(Shape.of(1, 32, 32, 3));
    for (int channel = 0; channel < 3; channel++) {
      assertThat(rgb.getByte(0, 0, 1, channel)).isEqualTo((byte) 100);
      assertThat(rgb.getByte(0, 1, 0, channel)).isEqualTo((byte) 200);
      assertThat(rgb.getByte(0, 0, 0, channel)).isZero();
    }
  }

  @Test
  void fillsChosenRowsAcrossSeveralWrites() {
    ImageSet images = TestImages.unlabelled(40);
    int[] rows = RowOrder.shuffled(40, 1, 0);
    ByteDataBuffer target = DataBuffers.ofBytes(38 * RGB);
    images.fillRgb(rows, 1, 38, target);
    for (int i = 0; i < 38; i++) {
      for (int pixel = 0; pixel < ImageSet.PIXELS; pixel += 31) {
        byte expected = (byte) images.pixel(rows[i + 1], pixel);
        for (int channel = 0; channel < 3; channel++) {
          assertThat(target.getByte((long) i * RGB + 3L * pixel + channel)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void fillsConsecutiveRowsAndTouchesNothingBehindThem() {
    ByteDataBuffer target = DataBuffers.ofBytes(3 * RGB);
    TestImages.unlabelled(3).fillRgb(1, 2, target);
    assertThat(target.getByte(0)).isEqualTo((byte) 7);
    assertThat(target.getByte(RGB)).isEqualTo((byte) 14);
    assertThat(target.getByte(2 * RGB + 5)).isZero();
  }

  @Test
  void refusesATargetThatIsTooShort() {
    ImageSet images = TestImages.unlabelled(2);
    ByteDataBuffer target = DataBuffers.ofBytes(2 * RGB - 1);
    assertThatThrownBy(() -> images.fillRgb(0, 2, target))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.fillRgb(1, 2, target))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.fillRgb(new int[1], 0, 2, target))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.fillRgb(new int[] {-1}, 0, 1, target))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void movesBytesRoundTheEnds() {
    byte[] pixels = new byte[2 * ImageSet.PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 + i / ImageSet.PIXELS);
    }
    ImageSet images = ImageSet.of(pixels, new int[] {3, 4});
    for (int by : new int[] {-1025, -2, 0, 1, 1023}) {
      ImageSet moved = images.shifted(by);

      assertThat(moved.labels()).containsExactly(3, 4);
      for (int i = 0; i < ImageSet.PIXELS; i++) {
        int to = Math.floorMod(i + by, ImageSet.PIXELS);
        assertThat(moved.pixel(1, to)).isEqualTo(images.pixel(1, i));
      }
    }
  }
}
