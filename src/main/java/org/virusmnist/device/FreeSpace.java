package org.virusmnist.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Whether libraries fit on the disk they are extracted to. */
public final class FreeSpace {
  /** What must stay free on the disk besides the libraries, in bytes. */
  private static final long SPARE_BYTES = 200L << 20;

  private FreeSpace() {}

  /**
   * Returns how much of the disk a directory is or will be on can be used, in bytes; {@link
   * Long#MAX_VALUE} if nothing tells, so that the write itself will.
   */
  static long bytes(Path directory) {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * Returns how much must be free for what is to be extracted, in bytes: some more than that, and
   * nothing for nothing.
   *
   * @param missing size of what is to be extracted, in bytes
   */
  public static long needed(long missing) {
    return missing == 0 ? 0 : missing + SPARE_BYTES;
  }

  static void require(
      Path directory, ToLongFunction<Path> freeBytes, long missing, String libraries)
      throws IOException {
    long free = freeBytes.applyAsLong(directory);
    if (free < needed(missing)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: %,d MiB are free, expected %,d MiB for %s."
                  + " Free some, or name another directory in %s.",
              directory,
              free >> 20,
              needed(missing) >> 20,
              libraries,
              NativeCache.VARIABLE));
    }
  }
}
