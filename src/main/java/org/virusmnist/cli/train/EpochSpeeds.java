package org.virusmnist.cli.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.report.HistoryColumn;
import org.virusmnist.training.Resumable;
import org.virusmnist.training.TrainingListener;

/** Keeps how fast each epoch was, for the columns of {@code history.csv} after Keras's. */
final class EpochSpeeds implements TrainingListener, Resumable {
  private final List<Double> imagesPerSecond = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();

  @Override
  public void onEpochEnd(Epoch epoch, Progress progress) {
    imagesPerSecond.add(progress.imagesPerSecond());
    seconds.add(progress.seconds());
  }

  List<HistoryColumn> columns() {
    return List.of(
        new HistoryColumn("images_per_second", imagesPerSecond),
        new HistoryColumn("seconds", seconds));
  }

  @Override
  public String name() {
    return "epoch_speeds";
  }

  @Override
  public Map<String, String> save() {
    return Map.of("images_per_second", text(imagesPerSecond), "seconds", text(seconds));
  }

  private static String text(List<Double> values) {
    return values.stream().map(Double::toHexString).collect(Collectors.joining(" "));
  }

  @Override
  public void restore(Map<String, String> saved) {
    restore(imagesPerSecond, saved.getOrDefault("images_per_second", ""));
    restore(seconds, saved.getOrDefault("seconds", ""));
  }

  private static void restore(List<Double> values, String text) {
    values.clear();
    if (!text.isEmpty()) {
      Arrays.stream(text.split(" ", -1)).map(Double::valueOf).forEach(values::add);
    }
  }
}
