package org.virusmnist.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.virusmnist.storage.AtomicFile;
import org.virusmnist.storage.MappedRows;

/** Reads files of images whose pixels stay in a mapped file. */
final class MappedImages {
  /** Hashes of 64 digits then fill one array. */
  static final int MAX_ROWS = 30_000_000;

  private static final int BUFFER_BYTES = 1 << 20;

  private MappedImages() {}

  static ImageSet read(ImageFiles files, int classCount, Labels labels, Path target)
      throws IOException {
    JoinedRows rows = new JoinedRows(MAX_ROWS);
    AtomicFile.write(
        target,
        raw -> {
          OutputStream out = new BufferedOutputStream(raw, BUFFER_BYTES);
          files.forEachChunk(
              classCount,
              labels,
              (file, chunk) -> {
                rows.add(file, chunk);
                chunk.pixels().writeTo(out);
              });
          out.flush();
        });
    return rows.toImageSet(
        new MappedPixels(MappedRows.open(target, ImageSet.PIXELS)), files.toString());
  }
}
