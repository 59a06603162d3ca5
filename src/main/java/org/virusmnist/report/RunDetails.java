package org.virusmnist.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Calibration;

/**
 * What the files of some runs say beyond what every run has: a run that another version wrote, or
 * of another kind, may lack any of it.
 *
 * @param evaluation all of {@code evaluation.json}: readings in two stages, the temperature
 * @param crossValidation {@code cross_validation.json}, empty but for a run over folds
 * @param contract {@code contract.json} of the trained model, empty where the run keeps none
 * @param calibrated calibration of the test rows with the run's temperature, or null where there is
 *     none or it is 1 and changes nothing
 * @param samples a few training images; empty where the run keeps none
 */
public record RunDetails(
    JsonTree evaluation,
    JsonTree crossValidation,
    JsonTree contract,
    @Nullable Calibration calibrated,
    List<Sample> samples) {
  /** Copies the list. */
  public RunDetails {
    samples = List.copyOf(samples);
  }

  /**
   * A training image. The array is kept, not copied.
   *
   * @param label its class
   * @param grey unsigned bytes row by row, a square number of them
   */
  public record Sample(int label, byte[] grey) {}

  /** Returns the details of a run that has none. */
  public static RunDetails none() {
    JsonTree nothing = new JsonTree(null);
    return new RunDetails(nothing, nothing, nothing, null, List.of());
  }

  /** Returns the same details with other samples. */
  public RunDetails withSamples(List<Sample> others) {
    return new RunDetails(evaluation, crossValidation, contract, calibrated, others);
  }
}
