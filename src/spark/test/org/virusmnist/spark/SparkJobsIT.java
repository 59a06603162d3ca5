package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.cli.Main;
import org.virusmnist.cli.SparkMain;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvWriter;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.EvaluationJson;
import org.virusmnist.report.HistoryCsv;
import org.virusmnist.report.PredictionsCsv;

/** The batch verbs say what the plain verbs say, and put aside what those refuse. */
class SparkJobsIT {
  private static final String MODEL = "savedmodel/mobilenetv2-32";
  private static final int ROWS = 300;

  @TempDir static Path directory;

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

  @BeforeAll
  static void writeData() throws IOException {
    ImageSet test = ImageCsv.read(Path.of("data/test.csv.gz"), 10);
    int[] rows = new int[ROWS];
    Arrays.setAll(rows, i -> i * 5);
    ImageCsvWriter.write(csv(), test.select(rows));
    StringWriter out = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(Writer.nullWriter()),
            "predict",
            "--model",
            MODEL,
            "--data",
            csv().toString(),
            "--output",
            directory.resolve("plain.csv").toString());
    assertThat(code).isZero();
  }

  private static Path csv() {
    return directory.resolve("rows.csv");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void predictsAsThePlainVerbDoes(int partitions) throws IOException {
    String output = directory.resolve("predictions-" + partitions).toString();

    Cli cli =
        Cli.spark(
            "predict",
            "--model",
            MODEL,
            "--data",
            csv().toString(),
            "--output",
            output,
            "--partitions",
            Integer.toString(partitions));

    assertThat(cli.out()).isEqualTo("Wrote " + output + ": 300 rows\n");
    assertThat(cli.exitCode()).isZero();
    requireEqual(plainPredictions(), rows(output));
  }

  private static List<PredictionBatch> plainPredictions() throws IOException {
    List<PredictionBatch> rows = new ArrayList<>();
    PredictionsCsv.read(directory.resolve("plain.csv"), rows::add);
    return rows;
  }

  private static void requireEqual(List<PredictionBatch> plain, List<Row> rows) {
    assertThat(rows).hasSameSizeAs(plain);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      PredictionBatch expected = plain.get(i);
      assertThat(row.<Long>getAs("row")).isEqualTo(expected.row(0));
      assertThat(row.<String>getAs("hash")).isEqualTo(expected.hash(0));
      assertThat(row.<Integer>getAs("label")).isEqualTo(expected.label(0));
      assertThat(row.<Integer>getAs("predicted")).isEqualTo(expected.predicted(0));
      for (int c = 0; c < 10; c++) {
        assertThat(Math.abs(row.<Float>getAs("p" + c) - expected.probability(0, c)))
            .isLessThan(1e-6f);
      }
    }
  }

  @Test
  void putsDamagedRowsAsideAndGoesOn() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(csv()));
    lines.set(3, lines.get(3).replaceFirst("^\\d+", "11"));
    lines.set(5, "x," + lines.get(5));
    Path damaged = Files.write(directory.resolve("damaged.csv"), lines);
    String output = directory.resolve("some").toString();

    Cli cli =
        Cli.spark("predict", "--model", MODEL, "--data", damaged.toString(), "--output", output);

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            Wrote %1$s: 298 rows
            Put aside 2 damaged rows and files: %1$s-damaged says why
            """
                .formatted(output));
    assertThat(rows(output + "-damaged"))
        .extracting(row -> row.<Long>getAs("row") + " " + row.<String>getAs("reason"))
        .containsExactly(
            "2 label is '11', expected an integer from 0 to 9",
            "4 row has 1027 columns, expected 1026 as in the header.");
  }

  @Test
  void putsFilesAsideThatAreNoParquet() throws IOException {
    String parquet = directory.resolve("parquet").toString();
    assertThat(Cli.spark("convert", "--data", csv().toString(), "--output", parquet).exitCode())
        .isZero();
    Files.writeString(Path.of(parquet, "broken.parquet"), "no Parquet at all");
    String output = directory.resolve("most").toString();

    Cli cli = Cli.spark("predict", "--model", MODEL, "--data", parquet, "--output", output);

    assertThat(cli.out()).contains("300 rows").contains("Put aside 1 damaged");
    requireEqual(plainPredictions(), rows(output));
    assertThat(rows(output + "-damaged").get(0).<String>getAs("reason"))
        .startsWith("is no Parquet file or cut short");
  }

  @Test
  void convertsToParquetAndBackWithoutLoss() throws IOException {
    String parquet = directory.resolve("there").toString();
    String shards = directory.resolve("back").toString();

    Cli.spark("convert", "--data", csv().toString(), "--output", parquet);
    Cli.spark("convert", "--data", parquet, "--to", "csv", "--output", shards, "--partitions", "2");

    assertThat(read(shards)).isEqualTo(Files.readAllLines(csv()));
  }

  /** Lines of all shards below one header. */
  private static List<String> read(String shards) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      Path file = Path.of(shards, "part-0000%d.csv.gz".formatted(shard));
      ImageSet images = ImageCsv.read(file, 10);
      Path plain = directory.resolve("shard.csv");
      ImageCsvWriter.write(plain, images);
      List<String> own = Files.readAllLines(plain);
      lines.addAll(lines.isEmpty() ? own : own.subList(1, own.size()));
    }
    return lines;
  }

  @Test
  void evaluatesAsThePlainVerbDoes() throws IOException {
    Path scores = directory.resolve("scores");

    Cli cli =
        Cli.spark(
            "evaluate",
            "--model",
            MODEL,
            "--data",
            csv().toString(),
            "--output",
            scores.toString(),
            "--partitions",
            "3");

    assertThat(cli.exitCode()).isZero();
    List<PredictionBatch> plain = plainPredictions();
    long correct = plain.stream().filter(row -> row.isCorrect(0)).count();
    double loss = plain.stream().mapToDouble(row -> row.crossEntropy(0)).average().orElseThrow();
    var evaluation = EvaluationJson.read(scores.resolve("evaluation.json")).evaluation();
    assertThat(evaluation.matrix().correct()).isEqualTo(correct);
    assertThat(evaluation.rows()).isEqualTo(ROWS);
    assertThat(evaluation.loss()).isCloseTo(loss, org.assertj.core.data.Offset.offset(1e-5));
  }

  @Test
  void findsNearRowsThatThePlainAuditFinds() throws IOException {
    ImageSet train = ImageCsv.read(Path.of("data/train.csv.gz"), 10);
    int[] some = new int[1500];
    Arrays.setAll(some, i -> i * 4);
    Path trainCsv = directory.resolve("train.csv");
    ImageCsvWriter.write(trainCsv, train.select(some));
    String output = directory.resolve("leaks").toString();

    Cli cli = Cli.spark("audit", trainCsv.toString(), csv().toString(), "--output", output);

    var neighbours =
        org.virusmnist.audit.NearestRows.among(
            ImageCsv.read(csv(), 10), train.select(some), (done, total) -> {});
    List<String> expected = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      if (neighbours.isWithin(row, 16)) {
        expected.add(row + " " + neighbours.nearest(row) + " " + neighbours.distance(row));
      }
    }
    assertThat(cli.exitCode()).isZero();
    assertThat(expected).isNotEmpty();
    assertThat(rows(output))
        .extracting(
            row ->
                row.<Long>getAs("row")
                    + " "
                    + row.<Long>getAs("other_row")
                    + " "
                    + row.<Integer>getAs("differing_bytes"))
        .containsExactlyElementsOf(expected);
  }

  /** The same curve from CSV in memory and from Parquet on disk. */
  @Test
  void trainsOnParquetAsOnCsv() throws IOException {
    String parquet = directory.resolve("train-parquet").toString();
    Cli.spark("convert", "--data", csv().toString(), "--output", parquet, "--partitions", "3");
    Path fromCsv = directory.resolve("run-csv");
    Path fromParquet = directory.resolve("run-parquet");

    assertThat(train(csv().toString(), fromCsv)).isZero();
    assertThat(train(parquet, fromParquet, "--storage", "disk")).isZero();

    assertThat(HistoryCsv.read(fromParquet.resolve("history.csv")).history())
        .isEqualTo(HistoryCsv.read(fromCsv.resolve("history.csv")).history());
    assertThat(fromParquet.resolve("predictions.csv"))
        .hasSameBinaryContentAs(fromCsv.resolve("predictions.csv"));
  }

  private static int train(String data, Path run, String... more) {
    List<String> all = new ArrayList<>(List.of("train", "--train", data, "--run", run.toString()));
    all.addAll(List.of("--test", csv().toString(), "--epochs", "2", "--explain", "0"));
    all.addAll(List.of(more));
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    return SparkMain.run(nobody, nobody, all.toArray(String[]::new));
  }

  @Test
  void refusesAnOutputThatIsThere() throws IOException {
    String output = Files.createDirectory(directory.resolve("taken")).toString();

    Cli cli =
        Cli.spark("predict", "--model", MODEL, "--data", csv().toString(), "--output", output);

    assertThat(cli.exitCode()).isEqualTo(6);
    assertThat(cli.err())
        .isEqualTo(
            """
            %s: this SavedModel is untrained, its head has the random weights of seed 42. Name a run directory for a trained one.
            virus-mnist: %s: exists already and is not overwritten. Name another path.
            """
                .formatted(MODEL, output));
  }

  /** Rows of Parquet files in the order of their number. */
  private static List<Row> rows(String parquet) throws IOException {
    try (SparkSession session =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false).getOrCreate()) {
      List<Row> rows = new ArrayList<>(session.read().parquet(parquet).collectAsList());
      rows.sort(
          Comparator.comparing(
              row -> row.<Long>getAs("row"), Comparator.nullsFirst(Comparator.naturalOrder())));
      return rows;
    }
  }
}
