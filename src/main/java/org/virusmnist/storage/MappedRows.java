package org.virusmnist.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows of equal size in a file that is mapped into memory: read at the speed of memory while the
 * operating system has room for them, and from the disk again when it had none.
 *
 * <p>Safe to share between threads. The mapping ends when the garbage collector finds it unused; on
 * Unix the file may be deleted before.
 */
public final class MappedRows {
  /** A mapping holds less than 2 GiB. */
  private static final int PIECE_BYTES = 1 << 30;

  private final List<ByteBuffer> pieces;
  private final int rowBytes;
  private final int rowsPerPiece;
  private final int size;

  private MappedRows(List<ByteBuffer> pieces, int rowBytes, int rowsPerPiece, int size) {
    this.pieces = pieces;
    this.rowBytes = rowBytes;
    this.rowsPerPiece = rowsPerPiece;
    this.size = size;
  }

  /**
   * Maps a file.
   *
   * @param file rows one after the other and nothing else
   * @param rowBytes bytes of a row, 1 or more
   * @return its rows; the file must not change from now on
   * @throws IOException if it cannot be read, or its size is no multiple of a row's
   */
  public static MappedRows open(Path file, int rowBytes) throws IOException {
    return open(file, rowBytes, PIECE_BYTES / rowBytes);
  }

  static MappedRows open(Path file, int rowBytes, int rowsPerPiece) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long bytes = channel.size();
      if (bytes % rowBytes != 0) {
        throw new IOException(
            "%s: has %d bytes, expected a multiple of %d".formatted(file, bytes, rowBytes));
      }
      List<ByteBuffer> pieces = new ArrayList<>();
      long pieceBytes = (long) rowsPerPiece * rowBytes;
      for (long from = 0; from < bytes; from += pieceBytes) {
        pieces.add(
            channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(pieceBytes, bytes - from)));
      }
      return new MappedRows(pieces, rowBytes, rowsPerPiece, Math.toIntExact(bytes / rowBytes));
    }
  }

  /**
   * Returns the number of rows.
   *
   * @return 0 or more
   */
  public int size() {
    return size;
  }

  /**
   * Returns a row without copying it.
   *
   * @param row its number, from 0
   * @return its bytes, read-only, from position 0 to the limit
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public ByteBuffer row(int row) {
    Objects.checkIndex(row, size);
    return pieces.get(row / rowsPerPiece).slice(row % rowsPerPiece * rowBytes, rowBytes);
  }
}
