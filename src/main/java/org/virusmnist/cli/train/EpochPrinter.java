package org.virusmnist.cli.train;

import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.training.TrainingListener;

/** Shows training as Keras does: a bar while an epoch runs, one line when it is done. */
final class EpochPrinter implements TrainingListener {
  private static final Logger LOG = LogManager.getLogger(EpochPrinter.class);

  private final ProgressBar bar;
  private final long startNanos = System.nanoTime();
  private int epochsHere;

  EpochPrinter(ProgressBar bar) {
    this.bar = bar;
    bar.start();
  }

  @Override
  public void onStepsEnd(Progress progress) {
    long done = progress.epoch() * progress.rows() + progress.rowsDone();
    bar.show(
        "Epoch %d/%d".formatted(progress.epoch() + 1, progress.epochs()),
        done,
        progress.epochs() * progress.rows(),
        String.format(
            Locale.ROOT,
            "loss %.4f  accuracy %.4f  %,.0f images/s",
            progress.loss(),
            progress.accuracy(),
            progress.imagesPerSecond()));
  }

  @Override
  public void onEpochEnd(Epoch epoch, Progress progress) {
    bar.clear();
    epochsHere++;
    int done = epoch.epoch() + 1;
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    LOG.info(
        "{}",
        String.format(
            Locale.ROOT,
            "Epoch %d/%d - loss: %.4f - accuracy: %.4f - val_loss: %.4f - val_accuracy: %.4f"
                + " - %,.0f images/s - ETA %s",
            done,
            progress.epochs(),
            epoch.loss(),
            epoch.accuracy(),
            epoch.valLoss(),
            epoch.valAccuracy(),
            progress.imagesPerSecond(),
            ProgressBar.duration(seconds / epochsHere * (progress.epochs() - done))));
  }
}
