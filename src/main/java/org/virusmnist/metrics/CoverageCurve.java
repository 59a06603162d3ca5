package org.virusmnist.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Coverage and accuracy by confidence threshold (the risk-coverage curve of El-Yaniv and Wiener
 * 2010, with accuracy in place of risk).
 *
 * @param points thresholds rising, coverage falling; thresholds that no row reaches are left out
 * @param isCalibrated whether thresholds are of calibrated probabilities, or of those that the
 *     model gives
 */
public record CoverageCurve(List<CoveragePoint> points, boolean isCalibrated) {
  /** Copies the list. */
  public CoverageCurve {
    points = List.copyOf(points);
  }

  /** Counts rows by the largest threshold they reach. For one thread. */
  public static final class Counter {
    private final boolean isCalibrated;
    private final double[] thresholds;
    private final long[] reached;
    private final long[] correct;
    private long rows;

    /**
     * Creates a counter as the other constructor does, for probabilities as the model gives them.
     */
    public Counter(int steps) {
      this(steps, false);
    }

    /**
     * Creates a counter for evenly spaced thresholds from 0 to 1.
     *
     * @param steps number of steps; 100 gives 101 thresholds 0, 0.01, …, 1
     * @param isCalibrated whether the batches will have calibrated probabilities
     * @throws IllegalArgumentException if there is no step
     */
    public Counter(int steps, boolean isCalibrated) {
      if (steps < 1) {
        throw new IllegalArgumentException("steps is " + steps + ", expected 1 or more");
      }
      this.isCalibrated = isCalibrated;
      this.thresholds = new double[steps + 1];
      Arrays.setAll(thresholds, i -> (double) i / steps);
      this.reached = new long[steps + 1];
      this.correct = new long[steps + 1];
    }

    /**
     * Adds all rows of a batch.
     *
     * @throws IllegalStateException if the labels are not known
     */
    public void add(PredictionBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        int largest = largestReached(batch.normalizedConfidence(i));
        reached[largest]++;
        correct[largest] += batch.isCorrect(i) ? 1 : 0;
        rows++;
      }
    }

    /** Returns the curve of the rows so far. */
    public CoverageCurve curve() {
      List<CoveragePoint> points = new ArrayList<>();
      long sure = rows;
      long right = Arrays.stream(correct).sum();
      for (int i = 0; i < thresholds.length && sure > 0; i++) {
        points.add(new CoveragePoint(thresholds[i], Ratio.of(sure, rows), Ratio.of(right, sure)));
        sure -= reached[i];
        right -= correct[i];
      }
      return new CoverageCurve(points, isCalibrated);
    }

    private int largestReached(double confidence) {
      int found = Arrays.binarySearch(thresholds, confidence);
      return found >= 0 ? found : -found - 2;
    }
  }
}
