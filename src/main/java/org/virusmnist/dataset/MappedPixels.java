package org.virusmnist.dataset;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.virusmnist.storage.MappedRows;

/** Rows in a mapped file, all of them or chosen ones. */
final class MappedPixels implements PixelRows {
  private final MappedRows file;
  private final int @Nullable [] chosen;

  MappedPixels(MappedRows file) {
    this(file, null);
  }

  private MappedPixels(MappedRows file, int @Nullable [] chosen) {
    this.file = file;
    this.chosen = chosen;
  }

  @Override
  public int rows() {
    return chosen == null ? file.size() : chosen.length;
  }

  @Override
  public byte[] block(int row) {
    byte[] grey = new byte[ImageSet.PIXELS];
    file.row(place(row)).get(grey);
    return grey;
  }

  @Override
  public int offset(int row) {
    return 0;
  }

  /** Copies no pixel: the rows stay in the file. */
  @Override
  public PixelRows select(int[] rows) {
    int[] places = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      places[i] = place(rows[i]);
    }
    return new MappedPixels(file, places);
  }

  private int place(int row) {
    return chosen == null ? row : chosen[row];
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (int row = 0; row < rows(); row++) {
      out.write(block(row));
    }
  }
}
