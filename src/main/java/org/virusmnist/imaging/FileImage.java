package org.virusmnist.imaging;

import org.virusmnist.pe.PeFormatException;

/** What became of a file: an image, or the reason why there is none. */
public sealed interface FileImage {
  /**
   * Returns the file.
   *
   * @return as it was found
   */
  FoundFile file();

  /**
   * An executable and its image.
   *
   * @param file the file
   * @param size its bytes
   * @param pixels 1,024 unsigned bytes; not copied
   * @param hash hash of the whole file
   */
  record Drawn(FoundFile file, long size, byte[] pixels, String hash) implements FileImage {}

  /**
   * A file that is no whole executable or cannot be read.
   *
   * @param file the file
   * @param reason why there is no image, as the end of a sentence about the file
   */
  record Skipped(FoundFile file, String reason) implements FileImage {
    /** Whether the file is there and begins like no program, as most files of a folder do. */
    public boolean isNoProgram() {
      return reason.equals(PeFormatException.NO_PROGRAM);
    }
  }
}
