package org.virusmnist.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
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
      reader = ParquetFileReader.open(new LocalInputFile(file));
    } catch (RuntimeException e) { // "is not a Parquet file", "corrupted file"
      throw new DatasetFormatException(file, 0, 0, Damage.noParquet(e));
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
    private final MessageType columns;
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
      this.hasLabels = has(all, Columns.LABEL, PrimitiveTypeName.INT32);
      this.hasHashes = has(all, Columns.HASH, PrimitiveTypeName.BINARY);
      if (!has(all, Columns.PIXELS, PrimitiveTypeName.BINARY)) {
        throw fault(
            "has no binary column 'pixels'. Make it with 'spark convert' or 'spark images'.");
      }
      if (!hasLabels && labels == Labels.REQUIRED) {
        throw fault("has no int32 column 'label'. Only predict reads rows without labels.");
      }
      List<Type> wanted = new ArrayList<>(List.of(all.getType(Columns.PIXELS)));
      if (hasLabels) {
        wanted.add(all.getType(Columns.LABEL));
      }
      if (hasHashes) {
        wanted.add(all.getType(Columns.HASH));
      }
      this.columns = new MessageType(all.getName(), wanted);
      reader.setRequestedSchema(columns);
    }

    private static boolean has(MessageType schema, String name, PrimitiveTypeName type) {
      return schema.containsField(name)
          && schema.getType(name).isPrimitive()
          && schema.getType(name).asPrimitiveType().getPrimitiveTypeName() == type;
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
        System.arraycopy(pixels(image), 0, pixels, i * ImageSet.PIXELS, ImageSet.PIXELS);
        labels[i] = hasLabels ? label(image) : 0;
        hashes[i] = hasHashes ? hash(image) : null;
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
        } catch (RuntimeException e) { // codecs throw what they like
          throw fault(Damage.reason(e));
        }
        if (pages == null) {
          return null;
        }
        left = pages.getRowCount();
        group =
            new ColumnIOFactory()
                .getColumnIO(columns)
                .getRecordReader(pages, new GroupRecordConverter(columns));
      }
      return group;
    }

    private Group read(RecordReader<Group> records) throws DatasetFormatException {
      try {
        return records.read();
      } catch (RuntimeException e) { // "can not read value at ..."
        throw fault("row " + row + " " + Damage.reason(e));
      }
    }

    private byte[] pixels(Group image) throws DatasetFormatException {
      if (image.getFieldRepetitionCount(Columns.PIXELS) == 0) {
        throw fault("pixels of row " + row + " are absent, expected 1024 bytes");
      }
      byte[] pixels = image.getBinary(Columns.PIXELS, 0).getBytes();
      if (pixels.length != ImageSet.PIXELS) {
        throw fault("pixels of row %d have %d bytes, expected 1024".formatted(row, pixels.length));
      }
      return pixels;
    }

    private int label(Group image) throws DatasetFormatException {
      boolean isThere = image.getFieldRepetitionCount(Columns.LABEL) > 0;
      int label = isThere ? image.getInteger(Columns.LABEL, 0) : -1;
      if (label < 0 || label >= classCount) {
        throw fault(
            "label of row %d is %s, expected an integer from 0 to %d"
                .formatted(row, isThere ? label : "absent", classCount - 1));
      }
      return label;
    }

    private @Nullable String hash(Group image) {
      return image.getFieldRepetitionCount(Columns.HASH) == 0
          ? null
          : image.getString(Columns.HASH, 0);
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
