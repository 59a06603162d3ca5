package org.virusmnist.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.Labels;

/**
 * Rows of Parquet files as {@link Columns#images}, faulty ones with a reason.
 *
 * <p>There are exactly as many as footers promise: where data are damaged, every row up to the end
 * of the row group is one with the reason, and where a page's checksum fails, every row of the row
 * group. A fault of disk or network is thrown, so that Spark tries again.
 */
final class ParquetRows implements Iterator<Row>, AutoCloseable {
  private final Iterator<RowGroup> groups;
  private final Configuration hadoop;
  private final int classCount;
  private final Labels labels;
  private @Nullable OpenFile open;
  private @Nullable Records records;
  private String damage = "";
  private String file = "";
  private long row;
  private long end;

  /** A file whose row groups are read one after the other. */
  private record OpenFile(String path, ParquetFileReader reader, ParquetColumns columns) {}

  /** What is left of a row group that can be unpacked. */
  private record Records(RecordReader<Group> reader, ParquetColumns columns) {}

  /**
   * Opens nothing yet.
   *
   * @param groups what to read, in this order
   */
  ParquetRows(List<RowGroup> groups, Configuration hadoop, int classCount, Labels labels) {
    this.groups = groups.iterator();
    this.hadoop = hadoop;
    this.classCount = classCount;
    this.labels = labels;
  }

  @Override
  public boolean hasNext() {
    try {
      while (row == end && groups.hasNext()) {
        start(groups.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return row < end;
  }

  private void start(RowGroup group) throws IOException {
    file = group.file();
    row = group.firstRow();
    end = row + group.rows();
    records = null;
    try {
      records = records(open(group.file()), group);
    } catch (IOException | RuntimeException e) {
      if (!Damage.isOfParquet(e)) {
        throw e;
      }
      damage = Damage.reason(e);
    }
  }

  private static Records records(OpenFile source, RowGroup group) throws IOException {
    long found = source.reader().getRowGroups().get(group.index()).getRowCount();
    if (found != group.rows()) {
      throw new IOException(
          "%s: changed while it was read, had %d rows in row group %d and has %d. Run again."
              .formatted(group.file(), group.rows(), group.index(), found));
    }
    ParquetColumns columns = source.columns();
    return new Records(
        new ColumnIOFactory()
            .getColumnIO(columns.wanted())
            .getRecordReader(
                source.reader().readRowGroup(group.index()),
                new GroupRecordConverter(columns.wanted())),
        columns);
  }

  private OpenFile open(String path) throws IOException {
    if (open != null && open.path().equals(path)) {
      return open;
    }
    close();
    ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new Path(path), hadoop),
            HadoopReadOptions.builder(hadoop).usePageChecksumVerification().build());
    try {
      ParquetColumns columns = new ParquetColumns(reader.getFileMetaData().getSchema());
      reader.setRequestedSchema(columns.wanted());
      open = new OpenFile(path, reader, columns);
      return open;
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row next = records == null ? damaged(damage) : read(records);
    row++;
    return next;
  }

  private Row read(Records source) {
    try {
      return row(source.reader().read(), source.columns());
    } catch (RuntimeException e) { // "can not read value at ..."; all bytes are in memory
      damage = Damage.reason(e);
      records = null;
      return damaged(damage);
    }
  }

  private Row row(Group image, ParquetColumns columns) {
    String fault = columns.fault(image, classCount, labels);
    return fault == null
        ? RowFactory.create(
            row,
            columns.text(image, Columns.HASH),
            columns.label(image),
            columns.text(image, Columns.PATH),
            columns.pixels(image),
            columns.text(image, Columns.RECIPE),
            file,
            null)
        : damaged(fault);
  }

  private Row damaged(String reason) {
    return RowFactory.create(row, null, null, null, null, null, file, reason);
  }

  @Override
  public void close() {
    if (open != null) {
      OpenFile done = open;
      open = null;
      try {
        done.reader().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
