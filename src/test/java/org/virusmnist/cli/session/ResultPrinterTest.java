package org.virusmnist.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.Scaled;
import org.virusmnist.metrics.TemperatureScaling;

class ResultPrinterTest {
  private static final List<PredictionBatch> TEST =
      List.of(
          PredictionBatch.of(0, 2, new float[] {0.8f, 0.2f, 0.4f, 0.6f})
              .withLabels(new int[] {0, 1}));

  private final StringWriter out = new StringWriter();
  private final ResultPrinter printer =
      new ResultPrinter(new PrintWriter(out), ClassNames.numbered(2));

  @Test
  void saysWhatATemperatureDoes() {
    printer.printScaling(Scaled.of(new TemperatureScaling(2), 7, TEST));

    // Square roots: 0.667 and 0.551, right both times.
    assertThat(out)
        .hasToString(
            "Uncalibrated: calibration error 0.3000, negative log-likelihood 0.3670; with"
                + " temperature 2.000, fitted on 7 validation rows: calibration error 0.3914,"
                + " negative log-likelihood 0.5012\n");
  }

  @Test
  void saysWhyATemperatureIsNotTaken() {
    printer.printScaling(Scaled.withoutSharpening(new TemperatureScaling(0.5), 7, TEST));

    assertThat(out.toString())
        .startsWith("Uncalibrated: calibration error 0.3000, negative log-likelihood 0.3670; no")
        .contains("no temperature: 0.500 fits 7 validation rows, but without --groups");
  }
}
