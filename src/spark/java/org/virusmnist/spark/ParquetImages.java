package org.virusmnist.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.dataset.ImageFormat;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.ImageStream;
import org.virusmnist.dataset.Labels;

/**
 * Parquet files of this machine for the ordinary verbs, without a Spark session: rows in the order
 * of the file, columns {@code pixels} and, where they are there, {@code label} and {@code hash}.
 *
 * <p>Unlike in jobs a faulty row ends the reading, as one in a CSV file does.
 */
public final class ParquetImages implements ImageFormat {
  private static final int ROWS_PER_CHUNK = 4096;

  /** For {@link java.util.ServiceLoader}. */
  public ParquetImages() {}

  @Override
  public boolean reads(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  @Override
  public ImageStream open(Path file, int classCount, Labels labels) throws IOException {
    if (!Files.exists(file)) {
      throw new FileNotFoundException(file + ": no such file. Check the path.");
    }
    ParquetFileReader reader;
    try {
      reader =
          ParquetFileReader.open(
              new LocalInputFile(file),
              ParquetReadOptions.builder().usePageChecksumVerification().build());
    } catch (IOException | RuntimeException e) { // "is not a Parquet file", "corrupted file"
      if (Damage.isOfParquet(e)) {
        throw new DatasetFormatException(file, 0, 0, Damage.noParquet(e));
      }
      throw e;
    }
    try {
      return new Rows(file, reader, classCount, labels);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Rows of an open file, row group by row group. */
  private static final class Rows implements ImageStream {
    private final Path file;
    private final ParquetFileReader reader;
    private final ParquetColumns columns;
    private final int classCount;
    private final boolean hasLabels;
    private final boolean hasHashes;
    private @Nullable RecordReader<Group> group;
    private long left;
    private long row;

    Rows(Path file, ParquetFileReader reader, int classCount, Labels labels)
        throws DatasetFormatException {
      this.file = file;
      this.reader = reader;
      this.classCount = classCount;
      MessageType all = reader.getFileMetaData().getSchema();
      String unfit = ParquetColumns.fault(all);
      if (!unfit.isEmpty()) {
        throw fault(unfit);
      }
      this.columns = new ParquetColumns(all);
      this.hasLabels = columns.has(Columns.LABEL);
      this.hasHashes = columns.has(Columns.HASH);
      if (!hasLabels && labels == Labels.REQUIRED) {
        throw fault("has no column 'label'. Only predict reads rows without labels.");
      }
      reader.setRequestedSchema(columns.wanted());
    }

    @Override
    public @Nullable ImageSet next() throws IOException {
      RecordReader<Group> records = records();
      if (records == null) {
        return null;
      }
      int size = (int) Math.min(ROWS_PER_CHUNK, left);
      byte[] pixels = new byte[size * ImageSet.PIXELS];
      int[] labels = new int[size];
      @Nullable String[] hashes = new @Nullable String[size];
      for (int i = 0; i < size; i++) {
        Group image = read(records);
        System.arraycopy(columns.pixels(image), 0, pixels, i * ImageSet.PIXELS, ImageSet.PIXELS);
        Integer label = columns.label(image);
        labels[i] = label == null ? 0 : label;
        hashes[i] = columns.text(image, Columns.HASH);
        row++;
      }
      left -= size;
      return ImageSet.of(
          pixels, hasLabels ? labels : null, hasHashes ? hashes : null, file.toString());
    }

    /** Returns what reads the present row group, or null behind the last. */
    private @Nullable RecordReader<Group> records() throws IOException {
      while (left == 0) {
        PageReadStore pages;
        try {
          pages = reader.readNextRowGroup();
        } catch (IOException | RuntimeException e) { // codecs throw what they like
          if (Damage.isOfParquet(e)) {
            throw fault(Damage.reason(e));
          }
          throw e;
        }
        if (pages == null) {
          return null;
        }
        left = pages.getRowCount();
        group =
            new ColumnIOFactory()
                .getColumnIO(columns.wanted())
                .getRecordReader(pages, new GroupRecordConverter(columns.wanted()));
      }
      return group;
    }

    private Group read(RecordReader<Group> records) throws DatasetFormatException {
      Group image;
      String fault;
      try {
        image = records.read();
        fault = columns.fault(image, classCount, hasLabels ? Labels.REQUIRED : Labels.OPTIONAL);
      } catch (RuntimeException e) { // "can not read value at ..."
        throw fault("row " + row + " " + Damage.reason(e));
      }
      if (fault != null) {
        throw fault("row " + row + ": " + fault);
      }
      return image;
    }

    private DatasetFormatException fault(String problem) {
      return new DatasetFormatException(file, 0, 0, problem);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
