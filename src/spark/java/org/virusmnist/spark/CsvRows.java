package org.virusmnist.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.dataset.ImageLines;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import scala.Tuple2;

/** Numbered lines of CSV files as rows of {@link Columns#images}, faulty ones with a reason. */
final class CsvRows implements Iterator<Row> {
  private final Iterator<Tuple2<DataLines.Line, Long>> lines;
  private final int classCount;
  private final Labels labels;
  private final Map<String, Header> headers = new HashMap<>();

  /** A header that was read, or why it could not be. */
  private record Header(@Nullable ImageLines lines, @Nullable String fault) {}

  CsvRows(Iterator<Tuple2<DataLines.Line, Long>> lines, int classCount, Labels labels) {
    this.lines = lines;
    this.classCount = classCount;
    this.labels = labels;
  }

  @Override
  public boolean hasNext() {
    return lines.hasNext();
  }

  @Override
  public Row next() {
    Tuple2<DataLines.Line, Long> numbered = lines.next();
    DataLines.Line line = numbered._1();
    if (line.text() == null) {
      return damaged(null, line.file(), String.valueOf(line.fault()));
    }
    Header header = headers.computeIfAbsent(line.header(), this::read);
    return header.lines() == null
        ? damaged(numbered._2(), line.file(), String.valueOf(header.fault()))
        : row(header.lines(), line.text(), numbered._2(), line.file());
  }

  private Header read(String text) {
    try {
      return new Header(ImageLines.below(text, classCount, labels), null);
    } catch (DatasetFormatException e) {
      return new Header(null, e.problem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(ImageLines header, String text, long row, String file) {
    try {
      ImageSet image = header.parse(text);
      byte[] pixels = new byte[ImageSet.PIXELS];
      image.copyGreyTo(0, pixels, 0);
      Integer label = image.hasLabels() ? image.label(0) : null;
      return RowFactory.create(row, image.hash(0), label, null, pixels, null, file, null);
    } catch (DatasetFormatException e) {
      return damaged(row, file, e.problem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row damaged(@Nullable Long row, String file, String reason) {
    return RowFactory.create(row, null, null, null, null, null, file, reason);
  }
}
