package org.virusmnist.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.pe.ByteSource;
import org.virusmnist.pe.PeBytes;
import org.virusmnist.pe.PeFormatException;
import org.virusmnist.pe.PeHeaders;

/** Pixels worked out by hand; scripts/tests compares real files with pefile and Pillow. */
class ImageRecipeTest {
  private static final int ENTRY = PeBytes.OPTIONAL + 16;
  private static final int TEXT_RAW_SIZE = PeBytes.SECTIONS + 16;

  @Test
  void headerIsTheStartOfTheFile() throws IOException {
    assertThat(draw(ImageRecipe.HEADER, PeBytes.minimal()))
        .isEqualTo(Arrays.copyOf(PeBytes.minimal(), 1024));
  }

  @Test
  void headerPadsAShortFileWithZeros() throws IOException {
    byte[] bytes = PeBytes.with(PeBytes.PE + 6, 0); // no sections
    byte[] file = Arrays.copyOf(bytes, 600);

    assertThat(draw(ImageRecipe.HEADER, file)).isEqualTo(Arrays.copyOf(file, 1024));
  }

  @Test
  void codeIsTheStartOfTheEntrySectionAndPadsWithZeros() throws IOException {
    byte[] expected = new byte[1024];
    Arrays.fill(expected, 0, 512, (byte) 0xCC);

    assertThat(draw(ImageRecipe.CODE, PeBytes.minimal())).isEqualTo(expected);
  }

  @Test
  void codeSaysWhyThereIsNone() {
    assertRefused(PeBytes.with(ENTRY, 0), "has no entry point");
    assertRefused(PeBytes.with(ENTRY, 0x9000), "has its entry point in no section");
    assertRefused(
        PeBytes.with(TEXT_RAW_SIZE, 0),
        "has its entry point in section '.text', which is empty in the file");
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatExceptionOfType(PeFormatException.class)
        .isThrownBy(() -> draw(ImageRecipe.CODE, bytes))
        .withMessage(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 32",
    "10239, 32",
    "10240, 64",
    "30720, 128",
    "61440, 256",
    "102400, 384",
    "204800, 512",
    "512000, 768",
    "1023999, 768",
    "1024000, 1024",
    "5000000000, 1024",
  })
  void thumbnailsAreAsWideAsTheTableSays(long size, int width) {
    assertThat(Thumbnail.width(size)).isEqualTo(width);
  }

  @Test
  void thumbnailOf1024BytesIsTheFileItself() throws IOException {
    byte[] file = numbered(1024);

    assertThat(Thumbnail.of(ByteSource.of(file))).isEqualTo(file);
  }

  /** 64 rows of 32 bytes: every second row, counted from the second. */
  @Test
  void thumbnailTakesTheByteInTheMiddleOfEachPixel() throws IOException {
    byte[] file = numbered(2048);
    byte[] pixels = Thumbnail.of(ByteSource.of(file));

    assertThat(pixels[0]).isEqualTo(file[32]);
    assertThat(pixels[31]).isEqualTo(file[63]);
    assertThat(pixels[32]).isEqualTo(file[96]);
    assertThat(pixels[1023]).isEqualTo(file[2047]);
  }

  /** 64 columns, 161 rows, the last of them with 24 bytes: columns 1, 3, … of rows 2, 7, 12, … */
  @Test
  void thumbnailScalesColumnsAndPadsTheLastRow() throws IOException {
    byte[] file = numbered(64 * 160 + 24);
    Arrays.fill(file, 64 * 160, file.length, (byte) 9);
    byte[] pixels = Thumbnail.of(ByteSource.of(file));

    assertThat(pixels[0]).isEqualTo(file[2 * 64 + 1]);
    assertThat(pixels[1]).isEqualTo(file[2 * 64 + 3]);
    assertThat(pixels[32]).isEqualTo(file[7 * 64 + 1]);
    assertThat(pixels[31 * 32]).isEqualTo(file[158 * 64 + 1]);
  }

  @Test
  void thumbnailOfAShortFileRepeatsItsRowsAndPadsWithZeros() throws IOException {
    byte[] pixels = Thumbnail.of(ByteSource.of(new byte[] {1, 2, 3}));

    assertThat(pixels).startsWith(1, 2, 3, 0).hasSize(1024);
    assertThat(Arrays.copyOfRange(pixels, 992, 996)).containsExactly(1, 2, 3, 0);
    assertThat(Thumbnail.of(ByteSource.of(new byte[0]))).containsOnly(0).hasSize(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "code", "thumbnail"})
  void isFoundByItsName(String id) {
    assertThat(ImageRecipe.of(id)).map(ImageRecipe::id).contains(id);
    assertThat(ImageRecipe.of(id + " ")).isEmpty();
  }

  private static byte[] draw(ImageRecipe recipe, byte[] bytes) throws IOException {
    ByteSource file = ByteSource.of(bytes);
    return recipe.draw(file, PeHeaders.read(file));
  }

  private static byte[] numbered(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }
}
