package org.virusmnist.training;

import java.io.IOException;
import org.virusmnist.metrics.Score;

/** Scores the present weights on the validation rows. */
@FunctionalInterface
public interface Validation {
  /**
   * Computes loss and accuracy.
   *
   * @return the score
   * @throws IOException if the work fails
   */
  Score score() throws IOException;
}
