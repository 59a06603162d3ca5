package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;

/** Every row that a footer promises comes out, as an image or with a reason. */
class ParquetRowsTest {
  private static final int ROWS = 40;

  @TempDir private Path directory;

  private static MessageType schema(String columns) {
    return MessageTypeParser.parseMessageType("message m { " + columns + " }");
  }

  private Path write(String name, MessageType schema, List<Consumer<Group>> rows)
      throws IOException {
    Path file = directory.resolve(name);
    return write(ExampleParquetWriter.builder(new LocalOutputFile(file)), file, schema, rows);
  }

  /** Writes pages of 10 rows. */
  private static Path write(
      ExampleParquetWriter.Builder options,
      Path file,
      MessageType schema,
      List<Consumer<Group>> rows)
      throws IOException {
    try (ParquetWriter<Group> writer =
        options
            .withType(schema)
            .withDictionaryEncoding(false)
            .withPageRowCountLimit(10)
            .withMinRowCountForPageSizeCheck(10)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(schema);
        row.accept(group);
        writer.write(group);
      }
    }
    return file;
  }

  private static void addPixels(Group row) {
    row.add("pixels", Binary.fromConstantByteArray(new byte[ImageSet.PIXELS]));
  }

  private Path writeHashed() throws IOException {
    return writeHashed(options -> {});
  }

  private Path writeHashed(Consumer<ExampleParquetWriter.Builder> more) throws IOException {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String hash = "hash of row " + i;
      rows.add(
          row -> {
            row.add("hash", hash);
            addPixels(row);
          });
    }
    Path file = directory.resolve("hashed.parquet");
    ExampleParquetWriter.Builder options = ExampleParquetWriter.builder(new LocalOutputFile(file));
    more.accept(options);
    return write(
        options, file, schema("optional binary hash (UTF8); required binary pixels;"), rows);
  }

  private static List<Row> read(RowGroup group, Labels labels) {
    List<Row> read = new ArrayList<>();
    try (ParquetRows rows = new ParquetRows(List.of(group), new Configuration(), 10, labels)) {
      rows.forEachRemaining(read::add);
    }
    return read;
  }

  private static RowGroup group(Path file, long first, long rows) {
    return new RowGroup(file.toString(), 0, first, rows, 1);
  }

  /** One label, and what becomes of it: the label, or the reason. */
  private Object label(String type, Consumer<Group> add) throws IOException {
    Files.deleteIfExists(directory.resolve("label.parquet"));
    Path file =
        write(
            "label.parquet",
            schema("optional " + type + "; required binary pixels;"),
            List.of(
                row -> {
                  add.accept(row);
                  addPixels(row);
                }));
    Row row = read(group(file, 0, 1), Labels.OPTIONAL).get(0);
    return row.isNullAt(Columns.REASON_AT)
        ? String.valueOf(row.get(Columns.LABEL_AT))
        : row.getString(Columns.REASON_AT);
  }

  @Test
  void readsWholeNumbersOfAnyType() throws IOException {
    assertThat(label("int32 label", row -> row.add("label", 3))).isEqualTo("3");
    assertThat(label("int64 label", row -> row.add("label", 3L))).isEqualTo("3");
    assertThat(label("double label", row -> row.add("label", 3.0))).isEqualTo("3");
    assertThat(label("float label", row -> row.add("label", 3f))).isEqualTo("3");
    assertThat(label("binary label (UTF8)", row -> row.add("label", "3"))).isEqualTo("3");
    assertThat(label("int64 label", row -> {})).isEqualTo("null");
  }

  @Test
  void saysWhyALabelIsNone() throws IOException {
    String expected = ", expected an integer from 0 to 9";
    assertThat(label("binary label (UTF8)", row -> row.add("label", "trojan")))
        .isEqualTo("label is 'trojan'" + expected);
    assertThat(label("int64 label", row -> row.add("label", 1L << 40)))
        .isEqualTo("label is 1099511627776" + expected);
    assertThat(label("int64 label", row -> row.add("label", (1L << 32) + 1)))
        .isEqualTo("label is 4294967297" + expected);
    assertThat(label("boolean label", row -> row.add("label", true)))
        .isEqualTo("label is true" + expected);
    assertThat(label("double label", row -> row.add("label", 2.5)))
        .isEqualTo("label is 2.5" + expected);
    assertThat(label("double label", row -> row.add("label", Double.NaN)))
        .isEqualTo("label is NaN" + expected);
    assertThat(label("int32 label", row -> row.add("label", -1)))
        .isEqualTo("label is -1" + expected);
  }

  @Test
  void aRowWithoutALabelIsDamagedWhereLabelsAreRequired() throws IOException {
    Path file = writeHashed();

    assertThat(read(group(file, 0, ROWS), Labels.REQUIRED))
        .extracting(row -> row.getString(Columns.REASON_AT))
        .containsOnly("label is absent, expected an integer from 0 to 9");
  }

  @Test
  void numbersRowsByTheirPlaceWhateverAColumnCalledRowSays() throws IOException {
    Path file =
        write(
            "numbered.parquet",
            schema("optional binary row (UTF8); required binary pixels;"),
            List.of(
                row -> {
                  row.add("row", "seven");
                  addPixels(row);
                },
                ParquetRowsTest::addPixels));

    assertThat(read(group(file, 100, 2), Labels.OPTIONAL))
        .extracting(row -> row.getLong(Columns.ROW_AT))
        .containsExactly(100L, 101L);
  }

  /** Also in a column that is not the pixels'. */
  @Test
  void givesAReasonForEveryRowOfARowGroupWhoseChecksumsFail() throws IOException {
    Path file = writeHashed(options -> options.withRowGroupSize(15_000L));
    List<RowGroup> groups = damageEndOfFirstGroup(file, "hash");

    List<Row> rows = new ArrayList<>();
    try (ParquetRows read = new ParquetRows(groups, new Configuration(), 10, Labels.OPTIONAL)) {
      read.forEachRemaining(rows::add);
    }

    int damaged = (int) groups.get(0).rows();
    assertThat(damaged).isLessThan(ROWS);
    assertThat(rows)
        .extracting(row -> row.getLong(Columns.ROW_AT))
        .containsExactlyElementsOf(LongStream.range(0, ROWS).boxed().toList());
    assertThat(rows.subList(0, damaged))
        .allMatch(row -> row.getString(Columns.REASON_AT).startsWith("has damaged data ("));
    assertThat(rows.subList(damaged, ROWS)).allMatch(row -> row.isNullAt(Columns.REASON_AT));
  }

  /**
   * What decompression finds, page by page; the reader opens a page with the last row before it.
   */
  @Test
  void givesAReasonForEveryRowBehindAPageThatCannotBeUnpacked() throws IOException {
    Path file =
        writeHashed(
            options ->
                options
                    .withPageWriteChecksumEnabled(false)
                    .withCompressionCodec(CompressionCodecName.GZIP));
    damageEndOfFirstGroup(file, "hash");

    List<Row> rows = read(group(file, 0, ROWS), Labels.OPTIONAL);

    assertThat(rows).hasSize(ROWS);
    assertThat(rows.subList(0, 29)).allMatch(row -> row.isNullAt(Columns.REASON_AT));
    assertThat(rows.subList(29, ROWS))
        .allMatch(row -> row.getString(Columns.REASON_AT).startsWith("has damaged data ("));
  }

  /** Damages the end of the last page of a column and returns the row groups of the file. */
  private static List<RowGroup> damageEndOfFirstGroup(Path file, String column) throws IOException {
    long end = 0;
    long row = 0;
    List<RowGroup> groups = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      for (ColumnChunkMetaData chunk : reader.getRowGroups().get(0).getColumns()) {
        if (chunk.getPath().toDotString().equals(column)) {
          end = chunk.getStartingPos() + chunk.getTotalSize();
        }
      }
      for (BlockMetaData block : reader.getRowGroups()) {
        groups.add(new RowGroup(file.toString(), groups.size(), row, block.getRowCount(), 1));
        row += block.getRowCount();
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, (int) end - 30, (int) end, (byte) 0x55);
    Files.write(file, bytes);
    return groups;
  }

  @Test
  void refusesAFileThatChanged() throws IOException {
    Path file = writeHashed();

    assertThatThrownBy(() -> read(group(file, 0, ROWS + 1), Labels.OPTIONAL))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("changed while it was read, had 41 rows in row group 0 and has 40");
  }

  @Test
  void leavesAbsentFilesToSpark() {
    assertThatThrownBy(() -> read(group(directory.resolve("none"), 0, 1), Labels.OPTIONAL))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none");
  }

  @Test
  void refusesFilesWithoutImages() {
    assertThat(ParquetColumns.fault(schema("required int32 label;")))
        .isEqualTo(
            "has the columns label, expected a binary column 'pixels'. Make it with 'spark convert' or 'spark images'.");
    assertThat(ParquetColumns.fault(schema("required binary pixels; repeated int32 label;")))
        .isEqualTo("has a column 'label' of lists or groups, expected single values");
    assertThat(ParquetColumns.fault(schema("required binary pixels;"))).isEmpty();
  }

  @Test
  void tasksAreConsecutiveRowGroups() {
    RowGroup small = new RowGroup("a", 0, 0, 1, 10);
    RowGroup large = new RowGroup("b", 0, 1, 1, 100);

    assertThat(RowGroup.tasks(List.of(small, small, large, small), 30, 5))
        .containsExactly(List.of(small, small), List.of(large), List.of(small));
    assertThat(RowGroup.tasks(List.of(), 30, 5)).isEmpty();
  }
}
