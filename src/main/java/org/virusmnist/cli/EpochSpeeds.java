package org.virusmnist.cli;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.report.HistoryColumn;
import org.virusmnist.training.TrainingListener;

/** Keeps how fast each epoch was, for the columns of {@code history.csv} after Keras's. */
final class EpochSpeeds implements TrainingListener {
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
}
