package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvWriter;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.PredictionsCsv;

/** Several models, or several views of an image, answer with the mean of their probabilities. */
@Tag("native")
class EnsembleIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final Path OTHER = Path.of("src/test/resources/savedmodel/tiny-3-sigmoid");

  @TempDir private Path directory;
  private Path csv;
  private Path first;
  private Path second;

  @BeforeEach
  void trainTwoSeeds() throws IOException {
    csv = SampleCsv.write(directory.resolve("train.csv"), 40);
    first = train(1);
    second = train(2);
  }

  private Path train(int seed) {
    Path run = directory.resolve("seed-" + seed);
    Cli cli =
        Cli.run(
            "train",
            "--model",
            TINY,
            "--train",
            csv,
            "--test",
            csv,
            "--run",
            run,
            "--seed",
            seed,
            "--epochs",
            2,
            "--learning-rate",
            0.02,
            "--explain",
            0);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return run;
  }

  private List<PredictionBatch> predict(Object... options) throws IOException {
    return run("predict", csv, options);
  }

  private List<PredictionBatch> run(String verb, Path data, Object... options) throws IOException {
    Path output = directory.resolve("predictions.csv");
    List<Object> arguments = new ArrayList<>(List.of(verb, "--data", data, "--output", output));
    arguments.addAll(List.of(options));
    Cli cli = Cli.run(arguments.toArray());
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    List<PredictionBatch> rows = new ArrayList<>();
    PredictionsCsv.read(output, rows::add);
    return rows;
  }

  private static void assertMean(List<PredictionBatch> mean, List<List<PredictionBatch>> parts) {
    assertThat(mean).hasSize(40);
    for (int row = 0; row < mean.size(); row++) {
      for (int c = 0; c < 10; c++) {
        double sum = 0;
        for (List<PredictionBatch> part : parts) {
          sum += part.get(row).probability(0, c);
        }
        assertThat((double) mean.get(row).probability(0, c))
            .isCloseTo(sum / parts.size(), within(1e-6));
      }
    }
  }

  @Test
  void averagesModels() throws IOException {
    List<PredictionBatch> mean = predict("--model", first, "--model", second);

    assertMean(mean, List.of(predict("--model", first), predict("--model", second)));
    assertThat(run("evaluate", csv, "--model", first, "--model", second))
        .extracting(batch -> batch.probability(0, 3))
        .containsExactlyElementsOf(mean.stream().map(batch -> batch.probability(0, 3)).toList());
  }

  @Test
  void averagesShiftsOfAnImage() throws IOException {
    ImageSet images = ImageCsv.read(csv, 10, Labels.REQUIRED);
    List<List<PredictionBatch>> parts = new ArrayList<>();
    for (int shift = -2; shift <= 2; shift++) {
      Path moved = directory.resolve("moved" + shift + ".csv");
      ImageCsvWriter.write(moved, images.shifted(shift));
      parts.add(run("predict", moved, "--model", first));
    }

    assertMean(predict("--model", first, "--average-shifts", 2), parts);
  }

  @Test
  void refusesModelsThatDoNotAnswerTheSameQuestion() {
    Cli cli = Cli.run("evaluate", "--model", first, "--model", OTHER, "--data", csv);

    assertThat(cli.err())
        .contains("--model %s has 3 classes, expected 10 as %s (try".formatted(OTHER, first));
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesVerdictsThatNobodyHasCalibrated() {
    Cli files = Cli.run("predict", "--model", first, "--model", second, csv);
    Cli shifts = Cli.run("evaluate", "--model", first, "--data", csv, "--average-shifts", "-1");

    assertThat(files.err()).contains("verdicts need one calibrated model").hasLineCount(1);
    assertThat(files.exitCode()).isEqualTo(2);
    assertThat(shifts.err()).contains("--average-shifts is -1, expected 0 to 511");
    assertThat(shifts.exitCode()).isEqualTo(2);
  }
}
