package org.virusmnist.metrics;

/**
 * What a trial of a search is worth on rows it was not trained on; with folds, over the folds.
 *
 * @param accuracy share of the rows that are right
 * @param macroF1 plain mean of the F1 of all classes
 * @param loss mean cross-entropy of the rows in nats
 */
public record TrialScore(Spread accuracy, Spread macroF1, Spread loss) {}
