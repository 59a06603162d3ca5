package org.virusmnist.dataset;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Labels and hashes of several files on their way into one {@link ImageSet}; single-threaded. */
final class JoinedRows {
  private final int maxRows;
  private final IntStream.Builder labels = IntStream.builder();
  private final HashColumn hashes = new HashColumn();
  private int rows;
  private boolean hasLabels = true;
  private boolean hasHashes;

  JoinedRows(int maxRows) {
    this.maxRows = maxRows;
  }

  /** Appends rows of a file. */
  void add(Path file, ImageSet chunk) throws DatasetFormatException {
    if (rows > 0 && chunk.hasLabels() != hasLabels) {
      throw new DatasetFormatException(
          file,
          1,
          (chunk.hasLabels() ? "has labels" : "has no labels")
              + ", expected the same as in the files before. Leave one kind out.");
    }
    if (rows > maxRows - chunk.size()) {
      throw new DatasetFormatException(
          file,
          0,
          String.format(
              Locale.ROOT, "is row %,d of the data set, expected at most %,d", maxRows, maxRows));
    }
    hasLabels = chunk.hasLabels();
    hasHashes |= chunk.hasHashes();
    for (int row = 0; row < chunk.size(); row++) {
      if (hasLabels) {
        labels.add(chunk.label(row));
      }
      add(file, chunk.hash(row));
    }
    rows += chunk.size();
  }

  private void add(Path file, @Nullable String hash) throws DatasetFormatException {
    if (hash != null && hashes.width() > 0 && hash.length() != hashes.width()) {
      throw new DatasetFormatException(
          file,
          0,
          "has hashes of %d digits, expected %d as in the files before. Leave one kind out."
              .formatted(hash.length(), hashes.width()));
    }
    hashes.add(hash);
  }

  ImageSet toImageSet(PixelRows pixels, String source) {
    return new ImageSet(
        pixels, hasLabels ? labels.build().toArray() : null, hasHashes ? hashes : null, source);
  }
}
