package org.virusmnist.spark;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.dataset.ImageFiles;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;

/** The ordinary verbs read Parquet where this package is on the class path. */
class ParquetImagesTest {
  private static final String MD5 = "0123456789abcdef0123456789abcdef";
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message spark_schema { optional int64 row; optional binary hash (UTF8);"
              + " optional int32 label; optional binary path (UTF8); optional binary pixels; }");

  @TempDir private Path directory;

  private static byte[] pixels(int row) {
    byte[] pixels = new byte[ImageSet.PIXELS];
    new Random(row).nextBytes(pixels);
    return pixels;
  }

  private Path write(String name, Group... rows) throws IOException {
    return write(name, SCHEMA, rows);
  }

  private Path write(String name, MessageType schema, Group... rows) throws IOException {
    Path file = directory.resolve(name);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static Group row(
      byte @Nullable [] pixels, @Nullable Integer label, @Nullable String hash) {
    Group row = new SimpleGroup(SCHEMA);
    row.add("row", 7L);
    if (pixels != null) {
      row.add("pixels", Binary.fromConstantByteArray(pixels));
    }
    if (label != null) {
      row.add("label", label);
    }
    if (hash != null) {
      row.add("hash", hash);
    }
    return row;
  }

  private ImageSet read(Labels labels) throws IOException {
    return ImageFiles.find(List.of(directory)).read(10, labels);
  }

  @Test
  void readsFilesAsOneDataSet() throws IOException {
    write("part-0.parquet", row(pixels(0), 3, MD5), row(pixels(1), 9, null));
    write("part-1.parquet", row(pixels(2), 0, MD5));
    ImageSet images = read(Labels.REQUIRED);

    assertThat(images.labels()).containsExactly(3, 9, 0);
    assertThat(images.hash(0)).isEqualTo(MD5);
    assertThat(images.hash(1)).isNull();
    for (int row = 0; row < 3; row++) {
      byte[] grey = new byte[ImageSet.PIXELS];
      images.copyGreyTo(row, grey, 0);
      assertThat(grey).isEqualTo(pixels(row));
    }
  }

  /** Pandas' type of integers. */
  @Test
  void readsLabelsOf64Bits() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message schema { optional int64 label; optional binary pixels; }");
    Group row = new SimpleGroup(schema);
    row.add("label", 4L);
    row.add("pixels", Binary.fromConstantByteArray(pixels(0)));
    write("pandas.parquet", schema, row);

    assertThat(read(Labels.REQUIRED).labels()).containsExactly(4);
  }

  /** A footer between good magic numbers that cannot be parsed. */
  @Test
  void namesAFileWithADamagedFooter() throws IOException {
    Path file = write("footer.parquet", row(pixels(0), 1, null));
    byte[] bytes = Files.readAllBytes(file);
    int footer = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).getInt(bytes.length - 8);
    Arrays.fill(bytes, bytes.length - 8 - footer, bytes.length - 8, (byte) 0xff);
    Files.write(file, bytes);

    assertThatThrownBy(() -> read(Labels.REQUIRED))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageStartingWith(file + ": is no Parquet file or cut short (");
  }

  /** More rows than are read at a time, which go to a mapped file. */
  @Test
  void readsManyRowsToAMappedFile() throws IOException {
    Group[] rows = new Group[5000];
    Arrays.setAll(rows, i -> row(pixels(i), i % 10, null));
    write("many.parquet", rows);
    ImageSet images =
        ImageFiles.find(List.of(directory))
            .readMapped(10, Labels.REQUIRED, directory.resolve("pixels"));

    assertThat(images.size()).isEqualTo(5000);
    assertThat(images.label(4999)).isEqualTo(9);
    byte[] grey = new byte[ImageSet.PIXELS];
    images.copyGreyTo(4999, grey, 0);
    assertThat(grey).isEqualTo(pixels(4999));
  }

  @Test
  void refusesFaultyRows() throws IOException {
    requireFault(row(pixels(0), 10, null), "row 1: label is 10, expected an integer from 0 to 9");
    requireFault(
        row(pixels(0), null, null), "row 1: label is absent, expected an integer from 0 to 9");
    requireFault(row(null, 1, null), "row 1: pixels is absent, expected 1024 bytes");
    requireFault(row(new byte[3], 1, null), "row 1: pixels has 3 bytes, expected 1024");
  }

  private void requireFault(Group faulty, String problem) throws IOException {
    Path file = directory.resolve("faulty.parquet");
    Files.deleteIfExists(file);
    write("faulty.parquet", row(pixels(0), 1, null), faulty);
    assertThatThrownBy(() -> read(Labels.REQUIRED))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(file + ": " + problem);
  }

  @Test
  void refusesWhatIsNoParquet() throws IOException {
    Path file = Files.writeString(directory.resolve("x.parquet"), "no Parquet at all");
    assertThatThrownBy(() -> read(Labels.REQUIRED))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageStartingWith(file + ": is no Parquet file or cut short (");
    assertThatThrownBy(
            () ->
                new ImageFiles(List.of(directory.resolve("none.parquet")))
                    .read(10, Labels.REQUIRED))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("none.parquet: no such file. Check the path.");
  }

  @Test
  void leavesCsvAlone() {
    assertThat(new ParquetImages().reads(Path.of("a.csv.gz"))).isFalse();
    assertThat(new ParquetImages().reads(Path.of("a.PARQUET"))).isTrue();
  }
}
