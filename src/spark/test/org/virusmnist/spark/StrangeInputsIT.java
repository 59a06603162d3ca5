package org.virusmnist.spark;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.SparkMain;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvWriter;
import org.virusmnist.dataset.ImageSet;

/** Files of other programs and damaged ones: no row is lost without a word. No model is needed. */
class StrangeInputsIT {
  private static final int ROWS = 40;
  private static final String PIXELS = "optional binary pixels;";

  @TempDir private Path directory;

  private record Cli(int exitCode, String out, String err) {
    static Cli spark(String... args) {
      List<String> all = new ArrayList<>(List.of(args));
      all.addAll(List.of("--master", "local[2]"));
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code =
          SparkMain.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
      return new Cli(code, out.toString(), err.toString());
    }
  }

  /** Writes 40 rows; labels are row numbers modulo 10, but none where a row is 7. */
  private Path parquet(String name, String columns) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    MessageType schema = MessageTypeParser.parseMessageType("message m { " + columns + " }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withDictionaryEncoding(false)
            .withRowGroupSize(15_000L)
            .withMinRowCountForPageSizeCheck(10)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(row(schema, i));
      }
    }
    return file;
  }

  private static Group row(MessageType schema, int i) {
    Group row = new SimpleGroup(schema);
    if (schema.containsField("pixels")) {
      byte[] pixels = new byte[ImageSet.PIXELS];
      new Random(i).nextBytes(pixels);
      row.add("pixels", Binary.fromConstantByteArray(pixels));
    }
    if (schema.containsField("hash")) {
      row.add("hash", "%032x".formatted(i));
    }
    if (schema.containsField("label") && i != 7) {
      row.add("label", (long) (i % 10));
    }
    if (schema.containsField("row")) {
      row.add("row", "no number");
    }
    return row;
  }

  /** Damages a byte of the first row group, which only a checksum tells; returns its rows. */
  private static int damage(Path file, String column) throws IOException {
    long end = 0;
    int rows;
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      rows = (int) reader.getRowGroups().get(0).getRowCount();
      for (ColumnChunkMetaData chunk : reader.getRowGroups().get(0).getColumns()) {
        if (chunk.getPath().toDotString().equals(column)) {
          end = chunk.getStartingPos() + chunk.getTotalSize();
        }
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) end - 1] ^= 1;
    Files.write(file, bytes);
    return rows;
  }

  private static void damageFooter(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int footer = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).getInt(bytes.length - 8);
    Arrays.fill(bytes, bytes.length - 8 - footer, bytes.length - 8, (byte) 0xff);
    Files.write(file, bytes);
  }

  private String convert(Path input, String name, String... more) {
    String output = directory.resolve(name).toString();
    List<String> args = new ArrayList<>(List.of("convert", "--data", input.toString()));
    args.addAll(List.of("--output", output));
    args.addAll(List.of(more));
    Cli cli = Cli.spark(args.toArray(String[]::new));
    assertThat(cli.err()).isEmpty();
    assertThat(cli.exitCode()).isZero();
    return output;
  }

  @Test
  void everyFileHasColumnsOfItsOwn() throws IOException {
    Path input = directory.resolve("mixed");
    parquet("mixed/a.parquet", PIXELS);
    parquet("mixed/b[1].parquet", "optional int64 label; optional binary row (UTF8);" + PIXELS);
    parquet("mixed/c.parquet", "optional int64 label;");
    damageFooter(parquet("mixed/d.parquet", PIXELS));

    String output = convert(input, "out");

    List<Row> rows = rows(output);
    assertThat(rows)
        .extracting(row -> row.<Long>getAs("row"))
        .containsExactlyElementsOf(LongStream.range(0, 2L * ROWS).boxed().toList());
    assertThat(rows.subList(0, ROWS)).allMatch(row -> row.getAs("label") == null);
    assertThat(rows.get(ROWS + 13).<Integer>getAs("label")).isEqualTo(3);
    assertThat(rows(output + "-damaged"))
        .extracting(row -> fileName(row) + " " + row.<String>getAs("reason"))
        .satisfiesExactly(
            c -> assertThat(c).startsWith("c.parquet has the columns label, expected a binary"),
            d -> assertThat(d).startsWith("d.parquet is no Parquet file or cut short ("));
  }

  private static String fileName(Row row) {
    return row.<String>getAs("file").replaceFirst(".*/", "");
  }

  @Test
  void damagedRowsAreListed() throws IOException {
    Path file = parquet("damaged.parquet", "optional binary hash (UTF8);" + PIXELS);
    int damaged = damage(file, "hash");

    String output = convert(file, "out");

    List<Row> lost = rows(output + "-damaged");
    assertThat(lost)
        .hasSize(damaged)
        .allMatch(row -> row.<String>getAs("reason").contains("damaged"));
    assertThat(rows(output)).hasSize(ROWS - damaged).isNotEmpty();
  }

  @Test
  void anAuditTellsOfTrainingRowsItCouldNotRead() throws IOException {
    Path train = parquet("train.parquet", "optional binary hash (UTF8);" + PIXELS);
    Path test = parquet("test.parquet", PIXELS);
    int damaged = damage(train, "hash");
    String output = directory.resolve("leaks").toString();

    Cli cli = Cli.spark("audit", train.toString(), test.toString(), "--output", output);

    assertThat(cli.out()).contains("Put aside " + damaged + " damaged rows and files");
    assertThat(rows(output)).hasSize(ROWS - damaged);
  }

  /** Two outputs side by side have a column {@code row} each that begins with 0. */
  @Test
  void rowsAreNumberedThroughTheWholeInput() throws IOException {
    Path input = Files.createDirectory(directory.resolve("both"));
    Path csv = csv("rows.csv", 3);
    convert(csv, "both/a", "--partitions", "1");
    convert(csv, "both/b", "--partitions", "1");

    assertThat(rows(convert(input, "out")))
        .extracting(row -> row.<Long>getAs("row"))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  private Path csv(String name, int rows) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    ImageSet some = ImageCsv.read(Path.of("data/test.csv.gz"), 10);
    ImageCsvWriter.write(file, some.select(IntStream.range(0, rows).toArray()));
    return file;
  }

  /** Whatever pieces the file is cut into; an empty file is told of. */
  @Test
  void blankLinesHaveTheSameNumbersHoweverAFileIsCut() throws IOException {
    Path file = csv("csv/a[1].csv", 6);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add(4, "\n".repeat(9000));
    Files.write(file, lines);
    Files.createFile(file.resolveSibling("b.csv"));

    String output = convert(directory.resolve("csv"), "out");

    assertThat(rows(output))
        .extracting(row -> row.<Long>getAs("row"))
        .containsExactly(0L, 1L, 2L, 9004L, 9005L, 9006L);
    List<Row> damaged = rows(output + "-damaged");
    assertThat(damaged).hasSize(9002);
    assertThat(damaged.get(damaged.size() - 1).<String>getAs("reason")).isEqualTo("is empty");
  }

  @Test
  void anInputOfWhichNothingCanBeUsedIsAnError() throws IOException {
    Path file = Files.writeString(directory.resolve("wrong.csv"), "a,b\n1,2\n");
    Path output = directory.resolve("out");

    Cli cli = Cli.spark("convert", "--data", file.toString(), "--output", output.toString());

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err())
        .startsWith("virus-mnist: %s: no row can be used; file:%s: ".formatted(file, file))
        .hasLineCount(1);
    assertThat(output).doesNotExist();
  }

  @Test
  void rowsWithoutALabelAreLeftOutOfCsvWhereOthersHaveOne() throws IOException {
    Path file = parquet("labels.parquet", "optional int64 label;" + PIXELS);

    String output = convert(file, "out", "--to", "csv", "--partitions", "1");

    ImageSet images = ImageCsv.read(Path.of(output, "part-00000.csv.gz"), 10);
    assertThat(images.size()).isEqualTo(ROWS - 1);
    assertThat(images.hasLabels()).isTrue();
    assertThat(rows(output + "-damaged"))
        .extracting(row -> row.<Long>getAs("row") + " " + row.<String>getAs("reason"))
        .containsExactly(
            "7 label is absent and other rows have one: a CSV file has labels for all or for none");
  }

  /** Rows of Parquet files in the order of their number, then of their file. */
  private static List<Row> rows(String parquet) throws IOException {
    try (SparkSession session =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false).getOrCreate()) {
      Row[] rows = (Row[]) session.read().parquet(parquet).collect();
      return Arrays.stream(rows)
          .sorted(
              Comparator.<Row>comparingLong(
                      row -> row.getAs("row") == null ? Long.MAX_VALUE : row.<Long>getAs("row"))
                  .thenComparing(row -> row.toString()))
          .toList();
    }
  }
}
