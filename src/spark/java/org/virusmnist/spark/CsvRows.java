package org.virusmnist.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.dataset.ImageLines;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;

/** Lines of a piece of a CSV file as rows of {@link Columns#images}, faulty ones with a reason. */
final class CsvRows implements Iterator<Row> {
  private final CsvPiece piece;
  private final int classCount;
  private final Labels labels;
  private long row;
  private @Nullable Header header;

  /** A header that was read, or why it could not be. */
  private record Header(@Nullable ImageLines lines, String fault) {}

  /**
   * Wraps a piece.
   *
   * @param firstRow number of its first row in the whole input
   */
  CsvRows(CsvPiece piece, long firstRow, int classCount, Labels labels) {
    this.piece = piece;
    this.row = firstRow;
    this.classCount = classCount;
    this.labels = labels;
  }

  @Override
  public boolean hasNext() {
    return piece.lines().hasNext();
  }

  @Override
  public Row next() {
    DataLines.Line line = piece.lines().next();
    Text text = line.text();
    if (text == null) {
      return damaged(null, String.valueOf(line.fault()));
    }
    long number = row++;
    if (header == null) {
      header = read(piece.header());
    }
    return header.lines() == null
        ? damaged(number, header.fault())
        : row(header.lines(), text, number);
  }

  private Header read(String text) {
    try {
      return new Header(ImageLines.below(text, classCount, labels), "");
    } catch (DatasetFormatException e) {
      return new Header(null, e.problem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Row row(ImageLines below, Text text, long number) {
    try {
      ImageSet image = below.parse(text.getBytes(), text.getLength());
      byte[] pixels = new byte[ImageSet.PIXELS];
      image.copyGreyTo(0, pixels, 0);
      Integer label = image.hasLabels() ? image.label(0) : null;
      return RowFactory.create(
          number, image.hash(0), label, null, pixels, null, piece.file(), null);
    } catch (DatasetFormatException e) {
      return damaged(number, e.problem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Row damaged(@Nullable Long number, String reason) {
    return RowFactory.create(number, null, null, null, null, null, piece.file(), reason);
  }
}
