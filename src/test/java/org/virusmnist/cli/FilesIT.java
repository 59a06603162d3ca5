package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.pe.PeBytes;
import org.virusmnist.report.ModelTraining;
import org.virusmnist.report.PredictionsCsv;

/** From executables to a model and back to executables, on a tiny SavedModel. */
@Tag("native")
class FilesIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final int CLASSES = 10;

  @TempDir private Path directory;
  private Path corpus;
  private Path csv;
  private Path run;

  @BeforeEach
  void writeExecutables() throws IOException {
    corpus = directory.resolve("corpus");
    csv = directory.resolve("pe.csv");
    run = directory.resolve("run");
    for (int label = 0; label < CLASSES; label++) {
      Path folder = Files.createDirectories(corpus.resolve("kind" + label));
      for (int i = 0; i < 6; i++) {
        byte[] bytes = PeBytes.with(PeBytes.PE + 8, 1000 * label + i);
        bytes[PeBytes.OPTIONAL + 60] = (byte) (20 * label);
        Files.write(folder.resolve(i + ".exe"), bytes);
      }
    }
    Files.writeString(corpus.resolve("notes.txt"), "no program");
  }

  private Cli images(Path output, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("images", corpus, "--output", output));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  private Cli train(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("train", "--model", TINY, "--run", run, "--epochs", "2"));
    arguments.addAll(List.of("--train", csv, "--validation", csv));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--test")) {
      arguments.addAll(List.of("--test", csv));
    }
    return Cli.run(arguments.toArray());
  }

  @Test
  void judgesFilesAsTheRowsMadeOfThem() throws IOException {
    images(csv, "--labels", "folders");
    Cli trained = train();
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    ModelTraining training = Objects.requireNonNull(ModelTraining.read(run.resolve("model")));
    assertThat(training.imageRecipe()).isEqualTo("header");
    assertThat(training.classNames()).startsWith("kind0", "kind1");
    assertThat(run.resolve("config.json")).content().contains("\"image_recipe\" : \"header\"");

    Path verdicts = directory.resolve("verdicts.csv");
    Cli cli = Cli.run("predict", "--model", run, corpus, "--output", verdicts);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("Wrote " + verdicts + ": 60 verdicts\n");
    Path rows = directory.resolve("rows.csv");
    Cli.run("predict", "--model", run, "--data", csv, "--output", rows, "--verdicts");

    List<String> ofFiles = Files.readAllLines(verdicts);
    List<String> ofRows = Files.readAllLines(rows);
    assertThat(ofFiles.get(0)).isEqualTo(ofRows.get(0) + ",file");
    assertThat(ofFiles).hasSize(61);
    for (int i = 1; i < ofFiles.size(); i++) {
      String file = corpus.resolve("kind%d/%d.exe".formatted((i - 1) / 6, (i - 1) % 6)).toString();
      String withoutLabel = ofRows.get(i).replaceFirst("^(\\d+,\\w+),\\d+,", "$1,,");
      assertThat(ofFiles.get(i)).isEqualTo(withoutLabel + "," + file);
    }
    assertThat(directory.resolve("verdicts.skipped.csv"))
        .content()
        .isEqualTo("file,reason\n" + corpus.resolve("notes.txt") + ",does not start with MZ\n");
  }

  @Test
  void calibratesOnTheValidationRows() throws IOException {
    images(csv, "--labels", "folders");
    train();
    float[] probabilities = new float[60 * CLASSES];
    int[] labels = new int[60];
    PredictionsCsv.read(
        run.resolve("predictions.csv"),
        row -> {
          int i = (int) row.row(0);
          labels[i] = row.label(0);
          for (int c = 0; c < CLASSES; c++) {
            probabilities[i * CLASSES + c] = row.probability(0, c);
          }
        });
    double expected =
        TemperatureScaling.fitProbabilities(probabilities, labels, CLASSES).temperature();

    assertThat(ModelTraining.read(run.resolve("model")))
        .extracting(ModelTraining::temperature)
        .satisfies(temperature -> assertThat(temperature).isCloseTo(expected, within(1e-4)));

    Path inLoop = directory.resolve("in-loop");
    run = inLoop;
    train("--no-feature-cache");
    assertThat(ModelTraining.read(inLoop.resolve("model")))
        .extracting(ModelTraining::temperature)
        .satisfies(temperature -> assertThat(temperature).isCloseTo(expected, within(1e-2)));
  }

  @Test
  void printsAVerdictOnEachFileThatWasNamed() throws IOException {
    images(csv, "--labels", "folders");
    train();
    Path first = corpus.resolve("kind0/0.exe");
    Path text = corpus.resolve("notes.txt");
    Cli cli = Cli.run("predict", "--model", run, first, text, "--unsure-below", "1");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("unsure   0\\.\\d{3}  \\Q" + first + "\\E \\(rather kind\\d\\)"),
            line ->
                assertThat(line).isEqualTo("skipped         " + text + " does not start with MZ"));

    Cli none = Cli.run("predict", "--model", run, text);
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err())
        .contains(text + ": no Windows executable there. Of the files, 1 skipped");
  }

  @Test
  void refusesToMixRecipes() throws IOException {
    images(csv, "--labels", "folders");
    Path other = directory.resolve("code.csv");
    images(other, "--labels", "folders", "--recipe", "code");
    Cli cli = train("--test", other);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: %s: has images of recipe code, expected header as in %s. Make both the same way.\n"
                .formatted(other, csv));
    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(run).doesNotExist();
  }

  @Test
  void remembersARecipeThatTheUserKnows() throws IOException {
    images(csv, "--labels", "folders");
    Files.delete(directory.resolve("pe.recipe.json"));
    train();
    assertThat(ModelTraining.read(run.resolve("model")))
        .extracting(ModelTraining::imageRecipe)
        .isNull();

    run = directory.resolve("told");
    train("--image-recipe", "thumbnail");
    assertThat(ModelTraining.read(run.resolve("model")))
        .extracting(ModelTraining::imageRecipe)
        .isEqualTo("thumbnail");
  }
}
