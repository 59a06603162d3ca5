package org.virusmnist.imaging;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.virusmnist.pe.ByteSource;
import org.virusmnist.pe.PeFormatException;
import org.virusmnist.pe.PeHeaders;
import org.virusmnist.pe.PeSection;

/**
 * How 1,024 pixels are made out of an executable.
 *
 * <p>Pixels are unsigned bytes in row-major order, 32 in a row. A model understands images of the
 * recipe it was trained with and no other. The recipe behind the published Virus-MNIST CSV is not
 * known.
 */
public enum ImageRecipe {
  /** The first 1,024 bytes of the file; zeros follow a file that is shorter. */
  HEADER {
    @Override
    public byte[] draw(ByteSource file, PeHeaders headers) throws IOException {
      return padded(file.read(0, PIXELS));
    }
  },

  /**
   * The first 1,024 bytes of the section that holds the entry point, as they are in the file; zeros
   * follow a section that is shorter.
   */
  CODE {
    @Override
    public byte[] draw(ByteSource file, PeHeaders headers) throws IOException {
      PeSection section =
          headers
              .entrySection()
              .orElseThrow(
                  () ->
                      new PeFormatException(
                          headers.entryPoint() == 0
                              ? "has no entry point"
                              : "has its entry point in no section"));
      if (section.rawSize() == 0) {
        throw new PeFormatException(
            "has its entry point in section '%s', which is empty in the file"
                .formatted(section.name()));
      }
      int length = (int) Math.min(PIXELS, section.rawSize());
      return padded(file.read(headers.dataOffset(section), length));
    }
  },

  /** The whole file as a picture, scaled to 32×32: see {@link Thumbnail}. */
  THUMBNAIL {
    @Override
    public byte[] draw(ByteSource file, PeHeaders headers) throws IOException {
      return Thumbnail.of(file);
    }
  };

  /** Pixels of an image. */
  public static final int PIXELS = 1024;

  /**
   * Draws an executable.
   *
   * @param file its bytes
   * @param headers its headers
   * @return 1,024 unsigned bytes
   * @throws PeFormatException if the file has not what the recipe takes
   * @throws IOException if it cannot be read
   */
  public abstract byte[] draw(ByteSource file, PeHeaders headers) throws IOException;

  /**
   * Returns the name that files and command lines use.
   *
   * @return {@code header}, {@code code} or {@code thumbnail}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the recipe of a name.
   *
   * @param id as {@link #id} gives it
   * @return the recipe, or empty if there is none of that name
   */
  public static Optional<ImageRecipe> of(String id) {
    return Arrays.stream(values()).filter(recipe -> recipe.id().equals(id)).findFirst();
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, PIXELS);
  }
}
