package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.virusmnist.metrics.Quantiles;
import org.virusmnist.report.HistoryColumn;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.RunValues;

/**
 * Where the time went.
 *
 * @param phases in the order they ran
 * @param total of all phases
 * @param training how fast the epochs were, empty if it is not known
 */
record TimesView(List<Phase> phases, String total, String training) {
  private static final Map<String, String> MEANINGS =
      Map.of(
          "read", "read and check the CSV files",
          "load", "open the model on its device",
          "features", "run the frozen base over every image, once",
          "fit", "train the head, all epochs, validation included",
          "evaluate", "predict and score the test images",
          "write",
              "write the model, the tables and the charts, explain the worst mistakes, and wait for the"
                  + " comparison of test with training rows, which began beside the epochs");

  /**
   * A phase.
   *
   * @param name of the phase
   * @param meaning what it does, empty if it is not known here
   * @param seconds as text
   * @param share of the total in percent, for the bar
   * @param images as text, empty if none went through the model
   * @param imagesPerSecond as text, empty as well
   */
  record Phase(
      String name,
      String meaning,
      String seconds,
      String share,
      String images,
      String imagesPerSecond) {}

  static TimesView of(RunValues run, RunTimes times) {
    double total = times.totalSeconds();
    List<Phase> phases = new ArrayList<>();
    for (RunTimes.Phase phase : times.phases()) {
      boolean hasImages = phase.images() > 0;
      phases.add(
          new Phase(
              phase.name(),
              phase.fromCache()
                  ? "taken from the cache of an earlier run"
                  : MEANINGS.getOrDefault(phase.name(), ""),
              Text.seconds(phase.seconds()),
              Text.coordinate(total > 0 ? 100 * phase.seconds() / total : 0),
              hasImages ? Text.count(phase.images()) : "",
              hasImages ? Text.count(phase.imagesPerSecond()) : ""));
    }
    return new TimesView(phases, Text.seconds(total), training(run));
  }

  private static String training(RunValues run) {
    for (HistoryColumn column : run.history().columns()) {
      if (column.name().equals("images_per_second") && !column.values().isEmpty()) {
        double[] speeds = column.values().stream().mapToDouble(Double::doubleValue).toArray();
        return "The training steps of the median epoch ran at %s images a second. For fit the table shows less: its time holds validation and the first epoch, in which TensorFlow prepares the calls."
            .formatted(Text.count(Quantiles.of(speeds, 0.5)));
      }
    }
    return "";
  }
}
