package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;
import org.virusmnist.metrics.PredictionBatch;

/** What a run's files say is what was written into them. */
class RunValuesTest {
  @TempDir private Path directory;
  private RunDirectory run = new RunDirectory(Path.of(""));

  @BeforeEach
  void writeARun() throws IOException {
    run = new RunDirectory(directory.resolve("9"));
    ConfigJson.write(run.config(), Map.of("device", "CPU:0"));
    HistoryCsv.write(
        run.history(),
        new HistoryTable(new History(List.of(Epoch.unvalidated(0, 1, 0.5))), List.of()));
    EvaluationJson.write(run.evaluation(), EvaluationExample.result());
    PredictionBatch wrong =
        PredictionBatch.of(5, 3, new float[] {0.75f, 0.25f, 0}).withLabels(new int[] {1});
    PredictionsCsv.write(run.predictions(), 3, List.of(wrong));
    PredictionsCsv.write(run.misclassified(), 3, List.of(wrong));
  }

  @Test
  void readsWhatEveryRunHas() throws IOException {
    RowImages images = new RowImages();
    images.put(5, new byte[] {1, 2, 3, 4});
    RunValues values = RunValues.read(run, images);

    assertThat(values.name()).isEqualTo("9");
    assertThat(values.config().at("device").text()).isEqualTo("CPU:0");
    assertThat(values.history().history().size()).isEqualTo(1);
    assertThat(values.label(1)).isEqualTo("1 go_windows");
    assertThat(values.mistakes()).hasSize(1);
    assertThat(values.coverage().points().get(0).accuracy()).isZero();
    assertThat(values.images().grey(5)).containsExactly(1, 2, 3, 4);
    assertThat(values.images().grey(6)).isNull();
    assertThat(values.times()).isNull();
    assertThat(values.audit().isPresent()).isFalse();
    assertThat(values.explanations().rows()).isEmpty();
    assertThat(values.baselines()).isEmpty();
    assertThat(values.details().crossValidation().isPresent()).isFalse();
    assertThat(values.details().contract().isPresent()).isFalse();
    assertThat(values.details().calibrated()).isNull();
    assertThat(values.details().samples()).isEmpty();
  }

  @Test
  void appliesTheTemperatureToTheTestRows() throws IOException {
    EvaluationJson.write(
        run.evaluation(),
        EvaluationExample.result(),
        Map.of("temperature_scaling", Map.of("temperature", 2.0)));
    ConfigJson.write(run.crossValidation(), Map.of("folds", 3));
    Files.createDirectories(run.model());
    ConfigJson.write(run.model().resolve("contract.json"), Map.of("activation", "softmax"));
    RunDetails details = RunValues.read(run, new RowImages()).details();

    // Of 0.75 and 0.25 the square roots are 0.634 and 0.366 of their sum.
    assertThat(details.calibrated()).isNotNull();
    assertThat(details.calibrated().bins().stream().filter(bin -> bin.rows() == 1))
        .singleElement()
        .satisfies(bin -> assertThat(bin.confidence()).isEqualTo(0.634, within(1e-3)));
    assertThat(details.crossValidation().at("folds").number()).isEqualTo(3);
    assertThat(details.contract().at("activation").text()).isEqualTo("softmax");
  }

  @Test
  void readsWhatSomeRunsHave() throws IOException {
    RunTimes times = new RunTimes(List.of(new RunTimes.Phase("fit", 2, 10)));
    ConfigJson.write(run.times(), times);
    ConfigJson.write(run.audit(), Map.of("train_rows", 3));
    List<BaselineScore> baselines = List.of(new BaselineScore("majority", 0.5, 0.25, 0.5, 1, 2));
    BaselinesCsv.write(run.baselines(), baselines);
    ofData(ExplanationExample.explanations(), "").write(run.explanations());
    RunValues values = RunValues.read(run, new RowImages());

    assertThat(values.times()).isEqualTo(times);
    assertThat(values.audit().at("train_rows").number()).isEqualTo(3);
    assertThat(values.explanations().steps()).isEqualTo(128);
    assertThat(values.baselines()).isEqualTo(baselines);
  }

  @Test
  void leavesOutExplanationsOfOtherDataThanTheTestRows() throws IOException {
    ConfigJson.write(run.config(), Map.of("data", Map.of("test", Map.of("sha256", "aa"))));
    Explanations example = ExplanationExample.explanations();
    ofData(example, "aa").write(run.explanations());
    assertThat(RunValues.read(run, new RowImages()).explanations().rows()).isNotEmpty();

    ofData(example, "bb").write(run.explanations());
    assertThat(RunValues.read(run, new RowImages()).explanations().rows()).isEmpty();
  }

  private static Explanations ofData(Explanations example, String sha256) {
    return new Explanations(
        example.steps(), example.explains(), "test.csv", sha256, example.rows());
  }

  @Test
  void readsTimesThatDoNotSayWhatWasCached() throws IOException {
    Files.writeString(
        run.times(), "{\"phases\": [{\"name\": \"fit\", \"seconds\": 2, \"images\": 10}]}");
    assertThat(RunTimes.read(run.times()))
        .isEqualTo(new RunTimes(List.of(new RunTimes.Phase("fit", 2, 10))));

    RunTimes cached = new RunTimes(List.of(new RunTimes.Phase("features", 1, 0, true)));
    ConfigJson.write(run.times(), cached);
    assertThat(run.times()).content().contains("\"from_cache\" : true");
    assertThat(RunTimes.read(run.times())).isEqualTo(cached);
  }

  @Test
  void saysWhichTimesAreNone() throws IOException {
    Files.writeString(run.times(), "{\"phases\": [{\"name\": \"fit\"}]}");

    assertThatIOException()
        .isThrownBy(() -> RunTimes.read(run.times()))
        .withMessage(run.times() + ": phases has {name=fit}, expected name, seconds and images");
  }

  @Test
  void saysWhichFileIsMissing() throws IOException {
    Files.delete(run.history());

    assertThatIOException()
        .isThrownBy(() -> RunValues.read(run, new RowImages()))
        .isInstanceOf(NoSuchFileException.class)
        .withMessage(run.history().toString());
  }

  @Test
  void timesKnowTheirSumAndSpeed() {
    RunTimes times =
        new RunTimes(List.of(new RunTimes.Phase("read", 0, 4), new RunTimes.Phase("fit", 2, 10)));

    assertThat(times.totalSeconds()).isEqualTo(2);
    assertThat(times.secondsOf("fit")).isEqualTo(2);
    assertThat(times.secondsOf("sleep")).isZero();
    assertThat(times.phases().get(0).imagesPerSecond()).isZero();
    assertThat(times.phases().get(1).imagesPerSecond()).isEqualTo(5);
  }
}
