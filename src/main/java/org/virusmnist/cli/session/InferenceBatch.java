package org.virusmnist.cli.session;

import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.BatchProbe;
import org.virusmnist.inference.OrderedPipeline;
import org.virusmnist.inference.RowRanges;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.ModelCallException;

/**
 * How many images a call outside training has where nobody says.
 *
 * <p>A CPU gets the same number always: it is as fast with any (docs/benchmarks.md), and a trial
 * that fails there ends the process. On a GPU a call must be large to be worth its kernel launches,
 * and its memory is the limit.
 */
final class InferenceBatch {
  static final int ON_CPU = 256;
  static final int MOST_ON_GPU = 4096;

  private static final Logger LOG = LogManager.getLogger(InferenceBatch.class);

  private InferenceBatch() {}

  /** Returns whether it takes a trial to know. */
  static boolean isProbed(String deviceName) {
    return deviceName.startsWith("GPU");
  }

  /**
   * Runs trials of black images, the largest first.
   *
   * @param most the number to begin with
   * @param callsInFlight calls that will run at a time, and do in a trial
   * @return how many images calls may have
   */
  static int largest(ClassifierModel model, int most, int callsInFlight) throws IOException {
    BatchProbe probe =
        new BatchProbe(
            size -> run(model, size, callsInFlight),
            e -> e instanceof ModelCallException failed && failed.isOutOfMemory());
    int size = probe.largest(most);
    LOG.debug("Batch       {} images a call outside training, {} at a time", size, callsInFlight);
    return size;
  }

  private static void run(ClassifierModel model, int size, int callsInFlight) throws IOException {
    ImageSet black = ImageSet.of(new byte[size * ImageSet.PIXELS], null);
    new OrderedPipeline(callsInFlight)
        .run(new RowRanges(callsInFlight, 1), call -> model.predict(black, 0, size), result -> {});
  }
}
