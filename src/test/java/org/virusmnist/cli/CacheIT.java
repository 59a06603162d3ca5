package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Caches change how long a run takes and nothing else. Failsafe points {@code VIRUS_MNIST_CACHE} at
 * a directory of this build.
 */
@Tag("native")
class CacheIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");
  private static final String FROM_CACHE = "features taken from the cache";

  @TempDir private Path directory;
  private Path train;
  private Path test;

  @BeforeEach
  void writeDataThatNoOtherTestHas() throws IOException {
    train = SampleCsv.write(directory.resolve("train.csv"), 61);
    test = SampleCsv.write(directory.resolve("test.csv"), 31);
    append(train, directory.toString());
    append(test, directory.toString());
  }

  @Test
  void aSecondRunTakesFeaturesFromTheCacheAndGetsTheSameNumbers() throws IOException {
    Cli first = train("first");
    Cli second = train("second");
    Cli without = train("without", "--no-cache");

    assertThat(first.err()).doesNotContain(FROM_CACHE);
    assertThat(second.err()).contains(train + ": " + FROM_CACHE, test + ": " + FROM_CACHE);
    assertThat(without.err()).doesNotContain("cache");
    assertThat(predictions("second")).isEqualTo(predictions("first"));
    assertThat(predictions("without")).isEqualTo(predictions("first"));
  }

  @Test
  void anotherSeedSplitsTheSameFeaturesAndGetsTheNumbersOfARunWithoutCache() throws IOException {
    train("first");
    Cli second = train("second", "--seed", "7");
    train("without", "--seed", "7", "--no-cache");

    assertThat(second.err()).contains(FROM_CACHE);
    assertThat(predictions("second")).isEqualTo(predictions("without"));
  }

  @Test
  void aChangedFileIsComputedAnew() throws IOException {
    train("first");
    append(train, "more");

    Cli second = train("second");

    assertThat(second.err()).doesNotContain(train + ": " + FROM_CACHE);
    assertThat(second.err()).contains(test + ": " + FROM_CACHE);
  }

  @Test
  void aTrainedRunHasTheFeaturesOfTheModelItStartedFrom() throws IOException {
    train("first");
    Cli again = train("second", "--model", directory.resolve("first/model").toString());
    assertThat(again.err()).contains(train + ": " + FROM_CACHE, test + ": " + FROM_CACHE);
  }

  @Test
  void anotherBatchSizeIsAnotherCalculation() throws IOException {
    train("first");
    assertThat(train("second", "--inference-batch", "13").err()).doesNotContain(FROM_CACHE);
  }

  @Test
  void evaluateTakesFeaturesThatTrainComputedAndScoresAsWithoutThem() throws IOException {
    train("first");
    Cli cached = evaluate("cached.csv", "--verbose");
    Cli streamed = evaluate("streamed.csv", "--no-cache");

    assertThat(cached.err()).contains(test + ": " + FROM_CACHE);
    assertThat(cached.out()).isEqualTo(streamed.out());
    assertThat(Files.readAllLines(directory.resolve("cached.csv")))
        .isEqualTo(Files.readAllLines(directory.resolve("streamed.csv")));
  }

  private Cli evaluate(String output, String option) {
    Cli cli =
        Cli.run(
            "evaluate",
            option,
            "--model",
            directory.resolve("first"),
            "--data",
            test,
            "--output",
            directory.resolve(output));
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }

  private Cli train(String run, String... options) {
    Stream<Object> all =
        Stream.concat(
            Stream.of("train", "--verbose", "--epochs", "2", "--train", train, "--test", test),
            Stream.of("--run", directory.resolve(run)));
    if (!List.of(options).contains("--model")) {
      all = Stream.concat(all, Stream.of("--model", TINY));
    }
    Cli cli = Cli.run(Stream.concat(all, Stream.of(options)).toArray());
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli;
  }

  private List<String> predictions(String run) throws IOException {
    return Files.readAllLines(directory.resolve(run).resolve("predictions.csv"));
  }

  /** Appends a row whose pixels come from a text, such as the name of a temporary directory. */
  private static void append(Path csv, String text) throws IOException {
    StringBuilder row = new StringBuilder("3");
    for (int i = 0; i < 1024; i++) {
      row.append(',').append(text.charAt(i % text.length()) % 256);
    }
    Files.writeString(csv, Files.readString(csv) + row + ",%032x\n".formatted(text.hashCode()));
  }
}
