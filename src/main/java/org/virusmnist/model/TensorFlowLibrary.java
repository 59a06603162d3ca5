package org.virusmnist.model;

import org.tensorflow.TensorFlow;

/** TensorFlow's native library. */
public final class TensorFlowLibrary {
  private TensorFlowLibrary() {}

  /**
   * Loads it, once in a process; the first call takes about a second.
   *
   * <p>Not needed before {@link ClassifierModel#open}, which does the same: for callers that have
   * something else to do meanwhile.
   */
  public static void load() {
    TensorFlow.version();
  }

  /**
   * Returns its version, loading it if need be.
   *
   * @return for example {@code 2.18.0}
   */
  public static String version() {
    return TensorFlow.version();
  }
}
