package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.OlderModel;
import org.virusmnist.report.HistoryCsv;
import org.virusmnist.report.PredictionsCsv;

/** The verbs that run a model, end to end on a tiny SavedModel. */
@Tag("native")
class TrainIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  private static final String BEST = "Weights     of epoch \\d, the best";

  @TempDir private Path directory;
  private Path train;
  private Path test;

  @BeforeEach
  void writeData() throws IOException {
    train = SampleCsv.write(directory.resolve("train.csv"), 60);
    test = SampleCsv.write(directory.resolve("test.csv"), 30);
  }

  @Test
  void fillsTheRunDirectory() throws IOException {
    Path run = directory.resolve("runs/first");
    Cli cli = train(run, "--epochs", "2");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(run.toFile().list())
        .containsExactlyInAnyOrder(
            "audit.json",
            "checkpoints",
            "config.json",
            "confusion_matrix.csv",
            "confusion_matrix.png",
            "coverage.png",
            "curves.png",
            "evaluation.json",
            "explanations.csv",
            "explanations.json",
            "history.csv",
            "misclassified.csv",
            "misclassified.images.csv.gz",
            "misclassified.png",
            "model",
            "predictions.csv",
            "reliability.png",
            "report.html",
            "run.log",
            "samples.images.csv.gz",
            "samples.png",
            "tensorboard",
            "times.json");
    assertThat(Files.readAllLines(run.resolve("history.csv")).get(0))
        .isEqualTo("epoch,accuracy,loss,val_accuracy,val_loss,images_per_second,seconds");
    assertThat(Files.readAllLines(run.resolve("predictions.csv")).get(0))
        .isEqualTo("row,hash,label,predicted,probability,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9");
    assertThat(cli.err())
        .contains("Train       40 rows, " + train)
        .contains("Validation  20 rows, held out of it")
        .containsPattern(
            "Epoch 2/2 - loss: \\d\\.\\d{4} - accuracy: \\d\\.\\d{4} - val_loss: \\d\\.\\d{4}"
                + " - val_accuracy: \\d\\.\\d{4} - [\\d,]+ images/s - ETA 0:00");
    assertThat(cli.out())
        .contains("Most confused, true → predicted")
        .containsPattern("Test accuracy 0\\.\\d{4} \\(95 % interval .*\\), loss .*, 30 rows")
        .endsWith("Wrote " + run + "\n");
    assertThat(run.resolve("run.log")).content().contains("Epoch 2/2").contains("INFO");
  }

  @Test
  void writesScoresThatAgreeWithEachOther() throws IOException {
    Path run = directory.resolve("run");
    train(run, "--epochs", "3", "--learning-rate", "0.01");
    JsonNode evaluation = new ObjectMapper().readTree(run.resolve("evaluation.json").toFile());
    List<PredictionBatch> predictions = read(run.resolve("predictions.csv"));
    long correct = predictions.stream().filter(row -> row.isCorrect(0)).count();

    assertThat(predictions).hasSize(30);
    assertThat(evaluation.get("accuracy").asDouble()).isEqualTo(correct / 30.0);
    assertThat(evaluation.get("train_rows").asInt()).isEqualTo(40);
    assertThat(evaluation.get("per_class")).hasSize(10);
    assertThat(Files.readAllLines(run.resolve("misclassified.csv")))
        .hasSize(1 + 30 - (int) correct);
    assertThat(predictions.get(29).hash(0)).isEqualTo("%032x".formatted(29));
  }

  @Test
  void writesHowTheBaseWasTrainedIntoTheConfig() throws IOException {
    Path run = directory.resolve("run");
    Cli cli =
        train(
            run,
            "--epochs=1",
            "--fine-tune-epochs=1",
            "--base-learning-rate=1e-5",
            "--fine-tune-blocks=2",
            "--augment-shift=4",
            "--mixup=0.2");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    JsonNode options =
        new ObjectMapper().readTree(run.resolve("config.json").toFile()).get("options");
    assertThat(options.get("base_learning_rate").asDouble()).isEqualTo(1e-5);
    assertThat(options.get("fine_tune_blocks").asInt()).isEqualTo(2);
    assertThat(options.get("augment_shift").asInt()).isEqualTo(4);
    assertThat(options.get("mixup").asDouble()).isEqualTo(0.2);
  }

  @Test
  void refusesPartsOfABaseThatCanOnlyBeTrainedWhole() throws IOException {
    Path whole = directory.resolve("whole");
    OlderModel.writeWithout("fine_tune_parts", whole);
    Cli cli =
        Cli.run(
            "train",
            "--model",
            whole,
            "--train",
            train,
            "--test",
            test,
            "--fine-tune-epochs=1",
            "--fine-tune-blocks=2",
            "--run",
            directory.resolve("run"));

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: --base-learning-rate or --fine-tune-blocks is given, but "
                + whole
                + " has no signature 'fine_tune_parts'. Re-export it with"
                + " scripts/export_savedmodel.py, or leave the option out (try 'virus-mnist train"
                + " --help')\n");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void refusesMoreBlocksAndAWarmUpThatIsLongerThanThereAre() {
    Cli blocks = train(directory.resolve("run"), "--fine-tune-epochs=1", "--fine-tune-blocks=5");
    assertThat(blocks.err())
        .contains("fine-tune blocks is 5, expected 1 to 4, the blocks that " + TINY + " has")
        .hasLineCount(1);
    assertThat(blocks.exitCode()).isEqualTo(2);

    Cli warmup = train(directory.resolve("run"), "--warmup-steps=5", "--epochs=2");
    assertThat(warmup.err())
        .contains(
            "--warmup-steps is 5, expected at most 4, the steps there are: the learning rate"
                + " would never reach 0.001")
        .hasLineCount(1);
    assertThat(warmup.exitCode()).isEqualTo(2);

    Cli base =
        train(directory.resolve("run"), "--warmup-steps=4", "--epochs=2", "--fine-tune-epochs=1");
    assertThat(base.err()).contains("expected at most 2, the steps of fine-tuning");
    assertThat(base.exitCode()).isEqualTo(2);
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void countsRowsOfOtherFilesThatAreInGroupsOfTheTrainingFile() throws IOException {
    StringBuilder text = new StringBuilder("hash,group\n");
    for (int row = 0; row < 60; row++) {
      text.append("%032x,g%d\n".formatted(row, row / 4));
    }
    Path groups = Files.writeString(directory.resolve("groups.csv"), text);
    Path others = directory.resolve("others.csv");
    List<String> lines = Files.readAllLines(train);
    Files.write(
        others, List.of(lines.get(0), lines.get(1), lines.get(2).replaceAll(",[^,]*$", ",")));
    Path run = directory.resolve("run");
    Cli cli = train(run, "--epochs=1", "--validation=" + others, "--groups=" + groups);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains(test + ": 30 of 30 rows are in groups of " + train)
        .contains(others + ": 1 of 2 rows are in groups of " + train)
        .contains(others + ": 1 of 2 rows have no line in " + groups);
    JsonNode shared =
        new ObjectMapper().readTree(run.resolve("config.json").toFile()).get("shared_groups");
    assertThat(shared.toString())
        .isEqualTo(
            "{\"validation\":{\"rows\":2,\"in_training_groups\":1,\"without_group\":1},"
                + "\"test\":{\"rows\":30,\"in_training_groups\":30,\"without_group\":0}}");

    Files.writeString(groups, "hash,group\n");
    assertThat(
            train(directory.resolve("none"), "--validation=" + others, "--groups=" + groups)
                .exitCode())
        .isEqualTo(3);
  }

  @Test
  void writesThePresetAndWhatTookItsPlaceIntoTheConfig() throws IOException {
    Path run = directory.resolve("run");
    Cli cli =
        train(
            run, "--preset", "accurate", "--epochs", "2", "--dropout", "0.5", "--batch-size", "7");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    JsonNode config = new ObjectMapper().readTree(run.resolve("config.json").toFile());
    JsonNode options = config.get("options");
    assertThat(options.get("preset").asText()).isEqualTo("accurate");
    assertThat(options.get("epochs").asInt()).isEqualTo(2);
    assertThat(options.get("batch_size").asInt()).isEqualTo(7);
    assertThat(options.get("learning_rate").asDouble()).isEqualTo(0.002);
    assertThat(options.get("schedule").asText()).isEqualTo("cosine");
    assertThat(options.get("warmup_steps").asInt()).isEqualTo(50);
    assertThat(options.get("dropout").asDouble()).isEqualTo(0.5);
    assertThat(options.get("label_smoothing").asDouble()).isEqualTo(0.05);
    assertThat(options.get("weight_decay").asDouble()).isEqualTo(0.02);
    assertThat(options.get("class_weights").asText()).isEqualTo("none");
    assertThat(options.get("validation_split").asDouble()).isEqualTo(0.05);
    assertThat(config.get("model").get("directory").asText()).isEqualTo(TINY.toString());
    assertThat(config.get("data").get("validation").get("rows").asInt()).isEqualTo(3);
  }

  @Test
  void isTheNotebookWithoutOptions() throws IOException {
    train(directory.resolve("plain"));
    train(directory.resolve("named"), "--preset", "notebook", "--class-weights", "none");

    byte[] plain = Files.readAllBytes(directory.resolve("plain/predictions.csv"));
    assertThat(directory.resolve("named/predictions.csv")).hasBinaryContent(plain);
    assertThat(HistoryCsv.read(directory.resolve("plain/history.csv")).history().epochs())
        .hasSize(10);
  }

  @Test
  void everyRegulariserReachesTheSteps() throws IOException {
    List<String[]> options =
        List.of(
            new String[] {"--dropout", "0.3"},
            new String[] {"--label-smoothing", "0.2"},
            new String[] {"--weight-decay", "0.5"},
            new String[] {"--class-weights", "balanced"},
            new String[] {"--schedule", "cosine"},
            new String[] {"--warmup-steps", "4"},
            new String[] {"--seed", "42"});
    Set<Double> losses = new HashSet<>();
    for (String[] option : options) {
      Path run = directory.resolve("run" + losses.size());
      train(run, option[0], option[1], "--epochs", "2", "--learning-rate", "0.01");
      losses.add(HistoryCsv.read(run.resolve("history.csv")).history().last().orElseThrow().loss());
    }
    assertThat(losses).hasSize(options.size());
  }

  @Test
  void trainsImageByImageToTheSameNumbers() throws IOException {
    Path cached = directory.resolve("cached");
    Path streamed = directory.resolve("streamed");
    train(cached, "--epochs", "3");
    Cli cli = train(streamed, "--epochs", "3", "--no-feature-cache");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    List<Epoch> expected = HistoryCsv.read(cached.resolve("history.csv")).history().epochs();
    List<Epoch> actual = HistoryCsv.read(streamed.resolve("history.csv")).history().epochs();
    assertThat(actual).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(actual.get(i).loss()).isCloseTo(expected.get(i).loss(), within(1e-4));
      assertThat(actual.get(i).valLoss()).isCloseTo(expected.get(i).valLoss(), within(1e-4));
      assertThat(actual.get(i).accuracy()).isCloseTo(expected.get(i).accuracy(), within(1e-4));
    }
    assertClose(read(cached.resolve("predictions.csv")), read(streamed.resolve("predictions.csv")));
  }

  private static void assertClose(List<PredictionBatch> expected, List<PredictionBatch> actual) {
    for (int i = 0; i < expected.size(); i++) {
      for (int c = 0; c < 10; c++) {
        assertThat(actual.get(i).probability(0, c))
            .isCloseTo(expected.get(i).probability(0, c), within(1e-4f));
      }
    }
  }

  private static List<PredictionBatch> read(Path file) throws IOException {
    List<PredictionBatch> rows = new ArrayList<>();
    PredictionsCsv.read(file, rows::add);
    return rows;
  }

  @Test
  void repeatsItselfWithTheSameSeedAndDiffersWithAnother() throws IOException {
    train(directory.resolve("a"), "--epochs", "2", "--seed", "5");
    train(directory.resolve("b"), "--epochs", "2", "--seed", "5");
    train(directory.resolve("c"), "--epochs", "2", "--seed", "6");

    byte[] first = Files.readAllBytes(directory.resolve("a/predictions.csv"));
    assertThat(directory.resolve("b/predictions.csv")).hasBinaryContent(first);
    assertThat(Files.readAllBytes(directory.resolve("c/predictions.csv"))).isNotEqualTo(first);
  }

  @Test
  void neverWritesIntoARunThatIsThere() throws IOException {
    Path run = Files.createDirectories(directory.resolve("run"));
    Files.writeString(run.resolve("precious.txt"), "mine");
    Cli cli = train(run);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: %s: not empty, a run is never overwritten. Name another directory.\n"
                .formatted(run));
    assertThat(cli.exitCode()).isEqualTo(6);
    assertThat(run.toFile().list()).containsExactly("precious.txt");
  }

  @Test
  void stopsWhenTheLossIsNoNumber() {
    Cli cli = train(directory.resolve("run"), "--learning-rate", "1e38");

    assertThat(cli.err()).contains("expected a finite number. Use a smaller --learning-rate.\n");
    assertThat(cli.exitCode()).isEqualTo(7);
  }

  @Test
  void stopsWhenFineTuningDiverges() {
    Cli cli =
        train(
            directory.resolve("run"),
            "--epochs",
            "1",
            "--fine-tune-epochs",
            "2",
            "--fine-tune-learning-rate",
            "1e38");

    assertThat(cli.err())
        .contains("expected a finite number. Use a smaller --fine-tune-learning-rate.\n");
    assertThat(cli.exitCode()).isEqualTo(7);
  }

  @Test
  void fineTunesAfterTheHeadAndEndsWithTheBestWeights() throws IOException {
    Path run = directory.resolve("run");
    Cli cli = train(run, "--epochs", "2", "--fine-tune-epochs", "2", "--early-stopping", "5");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("Epoch 1/4").contains("Epoch 4/4").containsPattern(BEST);
    assertThat(HistoryCsv.read(run.resolve("history.csv")).history().size()).isEqualTo(4);
    JsonNode options =
        new ObjectMapper().readTree(run.resolve("config.json").toFile()).get("options");
    assertThat(options.get("fine_tune_epochs").asInt()).isEqualTo(2);
    assertThat(options.get("early_stopping").asInt()).isEqualTo(5);
    assertThat(options.get("monitor").asText()).isEqualTo("val_loss");
    Path output = directory.resolve("predictions.csv");
    Cli.run("evaluate", "--model", run, "--data", test, "--output", output);
    assertThat(output).hasSameTextualContentAs(run.resolve("predictions.csv"));
  }

  @Test
  void readsScoresInTwoStagesAndWithRowsLeftUndecided() throws IOException {
    Path run = directory.resolve("run");
    String[] reading = {"--benign-class", "0", "--unsure-below", "0.2"};
    Cli trained = train(run, "--epochs", "1", reading[0], reading[1], reading[2], reading[3]);
    JsonNode json = new ObjectMapper().readTree(run.resolve("evaluation.json").toFile());

    assertThat(json.at("/two_stage/benign_rows").asInt()).isEqualTo(3);
    assertThat(json.at("/two_stage/malicious_rows").asInt()).isEqualTo(27);
    assertThat(json.at("/unsure/below").asDouble()).isEqualTo(0.2);
    assertThat(json.at("/unsure/unsure_rows").asInt()).isBetween(0, 30);
    assertThat(json.at("/temperature_scaling/temperature").asDouble()).isPositive();
    assertThat(json.at("/temperature_scaling/validation_rows").asInt()).isEqualTo(20);
    JsonNode carried = new ObjectMapper().readTree(run.resolve("model/training.json").toFile());
    assertThat(carried.get("temperature")).isEqualTo(json.at("/temperature_scaling/temperature"));

    Cli again =
        Cli.run(
            "evaluate",
            "--model",
            run,
            "--data",
            test,
            reading[0],
            reading[1],
            reading[2],
            reading[3]);
    assertThat(again.out())
        .containsPattern("Malicious or benign: accuracy 0\\.\\d{4}, .*ROC AUC 0\\.\\d{4}")
        .containsPattern("Class among malicious rows: accuracy 0\\.\\d{4}, macro F1 0\\.\\d{4}")
        .containsPattern("Unsure below 0\\.200: \\d+ of 30 rows");
    again
        .out()
        .lines()
        .filter(line -> line.startsWith("Malicious"))
        .forEach(line -> assertThat(trained.out()).contains(line));
  }

  @Test
  void predictsWhatTheRunPredicted() {
    Path run = directory.resolve("run");
    train(run, "--epochs", "1");
    Path output = directory.resolve("new/directory/predictions.csv");
    Cli cli = Cli.run("predict", "--model", run, "--data", test, "--output", output);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).isEqualTo("Wrote " + output + ": 30 rows\n");
    assertThat(output).hasSameTextualContentAs(run.resolve("predictions.csv"));
  }

  @Test
  void predictsRowsWithoutLabelsAndHashes() throws IOException {
    Path bare = SampleCsv.write(directory.resolve("bare.csv"), 5, false, false);
    Path output = directory.resolve("predictions.csv");
    Cli cli =
        Cli.run("predict", "--device", "cpu", "--model", TINY, "--data", bare, "--output", output);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .isEqualTo(
            TINY
                + ": this SavedModel is untrained, its head has the random weights of seed 42."
                + " Name a run directory for a trained one.\n");
    assertThat(Files.readAllLines(output)).hasSize(6);
    assertThat(Files.readAllLines(output).get(1)).matches("0,,,\\d,0\\.\\d+(,[0-9.E-]+){10}");
  }

  @Test
  void leavesNoPredictionsOfDamagedData() throws IOException {
    SampleCsv.write(test, 600);
    Files.writeString(test, Files.readString(test) + "0,1,2\n");
    Path output = directory.resolve("out/predictions.csv");
    Cli cli = Cli.run("predict", "--model", TINY, "--data", test, "--output", output);

    assertThat(cli.err()).contains(test + ":602: ");
    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void evaluatesARunAsItsTrainingDid() {
    Path run = directory.resolve("run");
    Cli trained = train(run, "--epochs", "1");
    Path output = directory.resolve("predictions.csv");
    Cli cli = Cli.run("evaluate", "--model", run, "--data", test, "--output", output);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(trained.out()).contains(cli.out());
    assertThat(output).hasSameTextualContentAs(run.resolve("predictions.csv"));
  }

  @Test
  void refusesAGpuThatIsNotThere() {
    Cli cli = Cli.run("evaluate", "--model", TINY, "--data", test, "--device", "gpu");
    assumeTrue(cli.exitCode() != 0, "this machine has a GPU, so it is not refused");

    assertThat(cli.err()).contains("virus-mnist: --device gpu: ");
    assertThat(cli.exitCode()).isEqualTo(5);
  }

  private Cli train(Path run, String... options) {
    List<Object> args =
        new ArrayList<>(
            List.of("train", "--model", TINY, "--train", train, "--test", test, "--run", run));
    args.addAll(List.of(options));
    return Cli.run(args.toArray());
  }
}
