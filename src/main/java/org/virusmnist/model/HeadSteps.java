package org.virusmnist.model;

import java.util.Arrays;
import java.util.function.Function;
import org.virusmnist.metrics.StepResults;

/**
 * S training steps to run in one call.
 *
 * @param rows row numbers [S×B], a step's rows together; −1 pads the last batch
 * @param learningRates the learning rate of each step [S]
 * @param regularization what is added to plain cross-entropy
 * @param seed seeds dropout, with the step number
 */
public record HeadSteps(
    int[] rows, float[] learningRates, Regularization regularization, long seed) {

  /**
   * Checks that the rows divide into the steps.
   *
   * @throws IllegalArgumentException if there is no step or the rows do not divide evenly
   */
  public HeadSteps {
    if (learningRates.length == 0 || rows.length % learningRates.length != 0) {
      throw new IllegalArgumentException(
          "%d row numbers for %d steps, expected a multiple"
              .formatted(rows.length, learningRates.length));
    }
    rows = rows.clone();
    learningRates = learningRates.clone();
  }

  /**
   * Returns these steps with rows named by their place in a larger set.
   *
   * @param places the place of each row; padding stays padding
   * @return the same steps on the same images
   * @throws IndexOutOfBoundsException if a row has no place
   */
  public HeadSteps inRowsOf(int[] places) {
    int[] placed = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      placed[i] = rows[i] < 0 ? rows[i] : places[rows[i]];
    }
    return new HeadSteps(placed, learningRates, regularization, seed);
  }

  /**
   * Returns some consecutive steps.
   *
   * @param from the first step, from 0
   * @param count how many steps, 1 or more
   * @return these steps alone
   */
  HeadSteps part(int from, int count) {
    return new HeadSteps(
        Arrays.copyOfRange(rows, from * batchSize(), (from + count) * batchSize()),
        Arrays.copyOfRange(learningRates, from, from + count),
        regularization,
        seed);
  }

  /**
   * Runs these steps some at a time.
   *
   * @param mostRows rows of a part, at least those of a step
   * @param run runs a part
   * @return what all steps gave
   */
  StepResults inParts(int mostRows, Function<HeadSteps, StepResults> run) {
    float[] losses = new float[steps()];
    int[] correct = new int[steps()];
    int stepsPerPart = mostRows / batchSize();
    for (int from = 0; from < steps(); from += stepsPerPart) {
      StepResults results = run.apply(part(from, Math.min(stepsPerPart, steps() - from)));
      System.arraycopy(results.losses(), 0, losses, from, results.steps());
      System.arraycopy(results.correct(), 0, correct, from, results.steps());
    }
    return new StepResults(losses, correct);
  }

  /**
   * Returns the rows of all steps in turn, without padding.
   *
   * @return row numbers, one for each row of each step
   */
  public int[] validRows() {
    return Arrays.stream(rows).filter(row -> row >= 0).toArray();
  }

  /**
   * Returns the same steps on rows that are numbered in the order of {@link #validRows}.
   *
   * @return steps on copies of their rows
   */
  public HeadSteps onRowsInTurn() {
    int[] numbered = new int[rows.length];
    int next = 0;
    for (int i = 0; i < rows.length; i++) {
      numbered[i] = rows[i] < 0 ? rows[i] : next++;
    }
    return new HeadSteps(numbered, learningRates, regularization, seed);
  }

  /**
   * Returns the number of steps.
   *
   * @return S
   */
  public int steps() {
    return learningRates.length;
  }

  /**
   * Returns the number of rows in a step, padding included.
   *
   * @return B
   */
  public int batchSize() {
    return rows.length / learningRates.length;
  }
}
