package org.virusmnist.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.Cli;
import org.virusmnist.cli.SampleCsv;
import org.virusmnist.cli.input.RecipeFile;
import org.virusmnist.imaging.ImageRecipe;

/** The audit of {@code inspect}, from CSV to clean CSV; no native code is loaded. */
class InspectAuditTest {
  @TempDir private Path directory;
  private Path train;
  private Path test;

  /** Training row 20 repeats row 0. Test rows: as row 1, row 2 with label 9, row 3 but 2 bytes. */
  @BeforeEach
  void writeData() throws IOException {
    train = SampleCsv.write(directory.resolve("train.csv"), 20);
    List<String> rows = new ArrayList<>(Files.readAllLines(train));
    rows.add(rows.get(1));
    Files.write(train, rows);
    List<String> others = Files.readAllLines(SampleCsv.write(directory.resolve("o.csv"), 40));
    test =
        Files.write(
            directory.resolve("test.csv"),
            List.of(
                rows.get(0),
                rows.get(2),
                "9" + rows.get(3).substring(1),
                rows.get(4).replaceFirst(",\\d+,\\d+,", ",255,254,"),
                others.get(35)));
  }

  @Test
  void printsWhatTrainingAndTestDataShare() throws IOException {
    Cli cli = inspect(train, test);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains(
            """
            Audit: rows that repeat an earlier row, and rows whose pixels have another label too
              file%3$s  repeated         conflicting
              %1$s         1  4.8 %%            1   4.8 %%
              %2$s          0  0.0 %%            1  25.0 %%
            """
                .formatted(train, test, " ".repeat(train.toString().length() - 4)))
        .contains(
            """
            Rows of %s with a row of %s that differs in at most so many bytes
              bytes  rows   share
                  0     2  50.0 %%
                  1     2  50.0 %%
                  4     3  75.0 %%
                 16     3  75.0 %%
                 64     3  75.0 %%
            """
                .formatted(test, train));
    JsonNode json = new ObjectMapper().readTree(directory.resolve("charts/audit.json").toFile());
    assertThat(json.get("train_rows").asInt()).isEqualTo(21);
    assertThat(json.get("test_rows").asInt()).isEqualTo(4);
    assertThat(json.get("duplicate_rows_train").asInt()).isEqualTo(1);
    assertThat(json.get("conflicting_rows").asInt()).isEqualTo(2);
    assertThat(json.get("near").get(2).toString())
        .isEqualTo("{\"bytes\":4,\"rows\":3,\"share\":0.75,\"rows_without\":1}");
    assertThat(json.at("/near_within_train/0/rows").asInt()).isEqualTo(1);
    assertThat(json.at("/near_within_test/0/rows").asInt()).isZero();
  }

  @Test
  void saysWhatTheAccuracyIsWithoutKnownRows() throws IOException {
    Path predictions = directory.resolve("predictions.csv");
    StringBuilder text =
        new StringBuilder("row,hash,label,predicted,probability,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9\n");
    for (int row = 0; row < 4; row++) {
      String label = Files.readAllLines(test).get(row + 1).substring(0, 1);
      text.append(row)
          .append(",,")
          .append(label)
          .append(row == 3 ? ",4,1,0,0,0,0,1,0,0,0,0,0\n" : ",0,1,1,0,0,0,0,0,0,0,0,0\n");
    }
    Files.writeString(predictions, text);
    Cli cli = inspect(train, test, "--predictions", predictions);

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("      0     2  50.0 %             2            0.5000\n")
        .contains("  accuracy over all 4 rows: 0.2500\n");
  }

  @Test
  void refusesPredictionsOfOtherRows() throws IOException {
    Path predictions = directory.resolve("predictions.csv");
    Files.writeString(
        predictions, "row,hash,label,predicted,probability,p0,p1\n0,,1,1,1.0,0.0,1.0\n");
    Cli cli = inspect(train, test, "--predictions", predictions);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: %s: has 1 rows, expected 4. These are not predictions of %s; name those.\n"
                .formatted(predictions, test));
    assertThat(cli.exitCode()).isEqualTo(6);
  }

  @Test
  void listsRowsThatAreLikeOthers() throws IOException {
    Path list = directory.resolve("duplicates.csv");
    Cli cli = inspect(train, test, "--duplicates", list);

    assertThat(cli.out()).contains("Wrote " + list + ": 4 rows\n");
    assertThat(Files.readAllLines(list))
        .containsExactly(
            "file,row,hash,label,other_file,other_row,other_label,differing_bytes",
            "%s,20,%032x,0,%s,0,0,0".formatted(train, 0, train),
            "%s,0,%032x,1,%s,1,1,0".formatted(test, 1, train),
            "%s,1,%032x,9,%s,2,2,0".formatted(test, 2, train),
            "%s,2,%032x,3,%s,3,3,2".formatted(test, 3, train));
  }

  @Test
  void writesCleanFiles() throws IOException {
    Path clean = directory.resolve("clean");
    RecipeFile.write(train, ImageRecipe.CODE);
    Cli cli = inspect(train, test, "--deduplicate", clean, "--within", "4");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("Wrote " + clean.resolve("train.csv") + ": 19 of 21 rows\n")
        .contains("Wrote " + clean.resolve("test.csv") + ": 1 of 4 rows\n");
    List<String> rows = Files.readAllLines(train);
    rows.remove(21);
    rows.remove(3);
    assertThat(Files.readAllLines(clean.resolve("train.csv"))).isEqualTo(rows);
    assertThat(Files.readAllLines(clean.resolve("test.csv")))
        .containsExactly(rows.get(0), Files.readAllLines(test).get(4));
    assertThat(RecipeFile.read(clean.resolve("train.csv"))).isEqualTo(ImageRecipe.CODE);
    assertThat(RecipeFile.beside(clean.resolve("test.csv"))).doesNotExist();
  }

  @Test
  void neverReplacesAFileByACleanOne() {
    Cli cli = inspect(train, test, "--deduplicate", directory);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: %s: exists already and is not overwritten. Name another directory.\n"
                .formatted(train));
    assertThat(cli.exitCode()).isEqualTo(6);
  }

  @Test
  void auditsOneFileByItself() throws IOException {
    Cli cli = inspect(train);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("Rows of " + train + " with an earlier row that differs");
    JsonNode json = new ObjectMapper().readTree(directory.resolve("charts/audit.json").toFile());
    assertThat(json.has("near")).isFalse();
    assertThat(json.at("/near_within_train/0/rows").asInt()).isEqualTo(1);
    assertThat(json.has("near_within_test")).isFalse();
    assertThat(json.has("test_rows")).isFalse();
  }

  @Test
  void refusesOptionsThatNeedTwoFiles() {
    assertThat(inspect(train, "--predictions", "p.csv").err())
        .isEqualTo(
            "virus-mnist: --predictions needs two CSVs: the training data, then what was predicted"
                + " (try 'virus-mnist inspect --help')\n");
    assertThat(inspect(train, test, test, "--duplicates", "d.csv").exitCode()).isEqualTo(2);
    assertThat(inspect(train, "--within", "4").err())
        .startsWith("virus-mnist: --within has no meaning without --deduplicate (try");
    assertThat(inspect(train, "--deduplicate", "d", "--within", "65").err())
        .startsWith("virus-mnist: --within is 65, expected 0 to 64 (try");
  }

  private Cli inspect(Object... args) {
    List<Object> all = new ArrayList<>(List.of("inspect", "--output", directory.resolve("charts")));
    all.addAll(List.of(args));
    return Cli.run(all.toArray());
  }
}
