package org.virusmnist.metrics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far probabilities can be taken at their word, those of a row adding up to 1 ({@link
 * PredictionBatch#normalized}).
 *
 * @param bins rows by confidence in bins of equal width, the lowest first (a reliability diagram)
 * @param negativeLogLikelihood mean of −ln p of the label in nats (scikit-learn's {@code log_loss},
 *     probabilities clipped at {@link PredictionBatch#EPSILON})
 * @param brierScore mean over the rows of Σ_c (p_c − y_c)², from 0 to 2 (Brier 1950; scikit-learn's
 *     {@code brier_score_loss} with {@code scale_by_half=False})
 */
public record Calibration(
    List<ReliabilityBin> bins, double negativeLogLikelihood, double brierScore) {
  /** Number of bins in Guo et al. 2017. */
  public static final int DEFAULT_BINS = 15;

  /** Copies the list. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /** Number of rows. */
  public long rows() {
    return bins.stream().mapToLong(ReliabilityBin::rows).sum();
  }

  /**
   * Expected calibration error: Σ (rows of the bin / rows) · |accuracy − confidence| (Guo et al.
   * 2017, "On Calibration of Modern Neural Networks", equation 3).
   */
  public double expectedError() {
    double sum = bins.stream().mapToDouble(bin -> bin.rows() * bin.gap()).sum();
    return Ratio.of(sum, rows());
  }

  /** Maximum calibration error: the largest gap of a bin with rows (Guo et al. 2017, eq. 5). */
  public double maximumError() {
    return bins.stream().mapToDouble(ReliabilityBin::gap).max().orElse(0);
  }

  /** Counts rows into bins. For one thread. */
  public static final class Counter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[] rows;
    private final long[] correct;
    private final double[] confidence;
    private final RunningMean logLikelihood = new RunningMean();
    private final RunningMean brier = new RunningMean();

    /**
     * Creates a counter without rows.
     *
     * @param binCount number of bins of equal width between 0 and 1, at least 1
     * @throws IllegalArgumentException if there is no bin
     */
    public Counter(int binCount) {
      if (binCount < 1) {
        throw new IllegalArgumentException("bin count is " + binCount + ", expected 1 or more");
      }
      this.rows = new long[binCount];
      this.correct = new long[binCount];
      this.confidence = new double[binCount];
    }

    /**
     * Adds all rows of a batch.
     *
     * @throws IllegalStateException if the labels are not known
     */
    public void add(PredictionBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        double stated = batch.normalizedConfidence(i);
        int bin = binOf(stated);
        rows[bin]++;
        correct[bin] += batch.isCorrect(i) ? 1 : 0;
        confidence[bin] += stated;
        logLikelihood.add(batch.crossEntropy(i), 1);
        brier.add(brier(batch, i), 1);
      }
    }

    /** Adds the rows of another counter with the same bins. */
    void add(Counter other) {
      Arrays.setAll(rows, i -> rows[i] + other.rows[i]);
      Arrays.setAll(correct, i -> correct[i] + other.correct[i]);
      Arrays.setAll(confidence, i -> confidence[i] + other.confidence[i]);
      logLikelihood.add(other.logLikelihood);
      brier.add(other.brier);
    }

    /** Returns the calibration of the rows so far. */
    public Calibration calibration() {
      List<ReliabilityBin> bins = IntStream.range(0, rows.length).mapToObj(this::bin).toList();
      return new Calibration(bins, logLikelihood.mean(), brier.mean());
    }

    private int binOf(double probability) {
      int bin = (int) Math.ceil(probability * rows.length) - 1;
      return Math.max(0, Math.min(bin, rows.length - 1));
    }

    private ReliabilityBin bin(int i) {
      return new ReliabilityBin(
          (double) i / rows.length,
          (double) (i + 1) / rows.length,
          rows[i],
          Ratio.of(confidence[i], rows[i]),
          Ratio.of(correct[i], rows[i]));
    }

    private static double brier(PredictionBatch batch, int i) {
      double sum = 0;
      for (int c = 0; c < batch.classCount(); c++) {
        double distance = batch.normalized(i, c) - (c == batch.label(i) ? 1.0 : 0.0);
        sum += distance * distance;
      }
      return sum;
    }
  }
}
