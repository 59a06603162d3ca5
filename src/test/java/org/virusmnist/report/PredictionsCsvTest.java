package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.metrics.VerdictRule;

class PredictionsCsvTest {
  private static final String HEADER = "row,hash,label,predicted,probability,p0,p1\n";
  private static final PredictionBatch BATCH =
      PredictionBatch.of(0, 2, new float[] {0.25f, 0.75f, 1, 0, 0.00001f, 0.99999f});

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("deep/predictions.csv");
  }

  @Test
  void writesEveryProbability() throws IOException {
    PredictionsCsv.write(
        file,
        2,
        List.of(
            BATCH.withLabels(new int[] {1, 1, 0}).withHashes(new String[] {"9f86", "d081", "00"})));

    assertThat(file)
        .hasContent(
            """
            row,hash,label,predicted,probability,p0,p1
            0,9f86,1,1,0.75,0.25,0.75
            1,d081,1,0,1.0,1.0,0.0
            2,00,0,1,0.99999,1.0E-5,0.99999
            """);
  }

  @Test
  void verdictsFollowAndAreNotReadBack() throws IOException {
    PredictionBatch row = BATCH.single(0);
    VerdictRule rule = new VerdictRule(new TemperatureScaling(1), 0.9, List.of("a", "=b"));
    try (VerdictsCsv csv = VerdictsCsv.open(file, 2, true)) {
      csv.add(row, rule.judge(row), List.of(Path.of("x,y.exe")));
      assertThat(csv.rows()).isEqualTo(1);
      csv.commit();
    }
    assertThat(file)
        .hasContent(
            """
            row,hash,label,predicted,probability,p0,p1,calibrated_probability,verdict,file
            0,,,1,0.75,0.25,0.75,0.75,unsure,"x,y.exe"
            """);
    List<PredictionBatch> read = new ArrayList<>();
    PredictionsCsv.read(file, read::add);
    assertThat(read).hasSize(1);
    assertThat(read.get(0).classCount()).isEqualTo(2);
  }

  @Test
  void verdictsOnRowsHaveNoFile() throws IOException {
    PredictionBatch row = BATCH.single(1);
    VerdictRule rule = new VerdictRule(new TemperatureScaling(1), 0.9, List.of("a", "b"));
    try (VerdictsCsv csv = VerdictsCsv.open(file, 2, false)) {
      csv.add(row, rule.judge(row), List.of());
      csv.commit();
    }
    assertThat(file)
        .hasContent(
            """
            row,hash,label,predicted,probability,p0,p1,calibrated_probability,verdict
            1,,,0,1.0,1.0,0.0,1.0,a
            """);
  }

  @Test
  void absentHashAndLabelAreEmptyCells() throws IOException {
    PredictionsCsv.write(
        file, 2, List.of(BATCH.single(1), BATCH.withHashes(new String[3]).single(2)));

    assertThat(file).hasContent(HEADER + "1,,,0,1.0,1.0,0.0\n" + "2,,,1,0.99999,1.0E-5,0.99999\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@x",
        "a,b",
        "say \"x\"",
        "two\nlines",
        "'quoted",
        "ü ß"
      })
  void oddHashesReadBack(String hash) throws IOException {
    PredictionsCsv.write(
        file, 2, List.of(BATCH.single(0).withHashes(new String[] {hash}), BATCH.single(1)));

    assertThat(read()).extracting(row -> row.hash(0)).containsExactly(hash, null);
  }

  @Test
  void formulaInAHashIsDisarmed() throws IOException {
    PredictionsCsv.write(file, 2, List.of(BATCH.single(1).withHashes(new String[] {"=A1"})));

    assertThat(file).hasContent(HEADER + "1,'=A1,,0,1.0,1.0,0.0\n");
  }

  @Test
  void streamOfBatchesReadsBackRowByRow() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<PredictionBatch> batches = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      batches.add(randomBatch(random, 100L * i, 100));
    }

    PredictionsCsv.write(file, 10, batches);

    List<PredictionBatch> rows = read();
    assertThat(rows).hasSize(4000);
    for (int i = 0; i < rows.size(); i++) {
      assertSameRow(rows.get(i), batches.get(i / 100), i % 100);
    }
  }

  @Test
  void hashLongerThanTheBufferIsWritten() throws IOException {
    String hash = "f".repeat(300_000);
    PredictionsCsv.write(file, 2, List.of(BATCH.single(0).withHashes(new String[] {hash})));

    assertThat(read().get(0).hash(0)).isEqualTo(hash);
  }

  @Test
  void fileAppearsAtCommitOnly() throws IOException {
    try (PredictionsCsv csv = PredictionsCsv.open(file, 2)) {
      csv.add(BATCH);
      assertThat(csv.rows()).isEqualTo(3);
      assertThat(file).doesNotExist();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void rejectsBatchOfOtherClasses() throws IOException {
    try (PredictionsCsv csv = PredictionsCsv.open(file, 3)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> csv.add(BATCH))
          .withMessage("batch has 2 classes, expected 3");
    }
  }

  @Test
  void namesTheWrongCell() {
    assertRejected("0,,5,1,0.75,0.25,0.75\n", ":2: label of row 0 is 5, expected 0 to 1");
    assertRejected("0,,x,1,0.75,0.25,0.75\n", ":2: label is 'x', expected a whole number");
    assertRejected("0,,,1,0.75,0.25,no\n", ":2: p1 is 'no', expected a number");
    assertRejected(
        "0,,,1,0.75,-1,0.75\n", ":2: probability of row 0, class 0 is -1.0, expected 0 to 1");
    assertRejected("0,,,1,0.75\n", ":2: 5 cells, expected 7");
  }

  @Test
  void rejectsPredictionThatIsNotTheLargestProbability() {
    assertRejected("0,,,0,0.75,0.25,0.75\n", ":2: predicted is '0', but p1 is largest");
    assertRejected("0,,,1,0.7,0.25,0.75\n", ":2: probability is '0.7', but p1 is 0.75");
  }

  private static PredictionBatch randomBatch(SplittableRandom random, long firstRow, int rows) {
    float[] probabilities = new float[10 * rows];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) Math.exp(-20 * random.nextDouble());
    }
    int[] labels = random.ints(rows, 0, 10).toArray();
    String[] hashes = new String[rows];
    Arrays.setAll(hashes, i -> Long.toHexString(random.nextLong()));
    return PredictionBatch.of(firstRow, 10, probabilities).withLabels(labels).withHashes(hashes);
  }

  private static void assertSameRow(PredictionBatch row, PredictionBatch batch, int i) {
    assertThat(row.row(0)).isEqualTo(batch.row(i));
    assertThat(row.hash(0)).isEqualTo(batch.hash(i));
    assertThat(row.label(0)).isEqualTo(batch.label(i));
    for (int c = 0; c < 10; c++) {
      assertThat(row.probability(0, c)).isEqualTo(batch.probability(i, c));
    }
  }

  private List<PredictionBatch> read() throws IOException {
    List<PredictionBatch> rows = new ArrayList<>();
    PredictionsCsv.read(file, rows::add);
    return rows;
  }

  private void assertRejected(String row, String message) {
    Path wrong = directory.resolve("wrong.csv");
    assertThatIOException()
        .isThrownBy(
            () -> {
              Files.writeString(wrong, HEADER + row);
              PredictionsCsv.read(wrong, batch -> {});
            })
        .withMessage(wrong + message);
  }
}
