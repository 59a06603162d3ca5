package org.virusmnist.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Predictions;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.metrics.VerdictRule;
import org.virusmnist.metrics.VerdictRule.Verdict;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code --unsure-below} asks of a score what it asks of a verdict. */
class ReadingOptionsTest {
  /** Of row 0 the model says 0.7, calibrated 0.84; of row 1 0.6, calibrated 0.69. */
  private static final PredictionBatch ROWS =
      PredictionBatch.of(0, 2, new float[] {0.7f, 0.3f, 0.4f, 0.6f}).withLabels(new int[] {0, 0});

  private static final TemperatureScaling SHARPER = new TemperatureScaling(0.5);

  @Command
  private static final class Verb {
    @Mixin private ReadingOptions reading = new ReadingOptions();
  }

  private static ReadingOptions parse(String... options) {
    Verb verb = new Verb();
    new CommandLine(verb).parseArgs(options);
    return verb.reading;
  }

  private static Predictions predictions(@Nullable TemperatureScaling scaling) {
    return Predictions.of(List.of(ROWS), scaling);
  }

  @Test
  void comparesTheProbabilityThatPredictCompares() {
    ReadingOptions reading = parse("--unsure-below", "0.8");
    List<Verdict> verdicts = new VerdictRule(SHARPER, 0.8, List.of("a", "b")).judge(ROWS);

    assertThat(verdicts).extracting(Verdict::isUnsure).containsExactly(false, true);
    assertThat(reading.values(predictions(SHARPER), 2).get("unsure"))
        .isEqualTo(
            Map.of(
                "below", 0.8,
                "calibrated", true,
                "unsure_rows", 1L,
                "coverage", 0.5,
                "accuracy_when_sure", 1.0));
  }

  @Test
  void saysThatNothingIsCalibratedWithoutATemperature() {
    ReadingOptions reading = parse("--unsure-below", "0.8");

    assertThat(reading.values(predictions(null), 2).get("unsure"))
        .isEqualTo(
            Map.of(
                "below", 0.8,
                "calibrated", false,
                "unsure_rows", 2L,
                "coverage", 0.0,
                "accuracy_when_sure", 0.0));
    assertThat(printed(reading, null)).contains("coverage 0.00 %, probabilities not calibrated)");
    assertThat(printed(reading, SHARPER)).contains("coverage 50.00 %, calibrated probabilities)");
  }

  @Test
  void readsTwoStagesFromWhatTheModelGives() {
    ReadingOptions reading = parse("--benign-class", "1");

    assertThat(reading.values(predictions(SHARPER), 2))
        .isEqualTo(reading.values(predictions(null), 2))
        .containsOnlyKeys("two_stage");
  }

  private static String printed(ReadingOptions reading, @Nullable TemperatureScaling scaling) {
    StringWriter text = new StringWriter();
    reading.print(predictions(scaling), 2, new PrintWriter(text, true));
    return text.toString();
  }
}
