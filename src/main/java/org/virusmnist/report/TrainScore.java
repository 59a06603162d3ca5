package org.virusmnist.report;

/**
 * What a model is worth on the rows it was trained on.
 *
 * @param rows number of training rows
 * @param loss mean cross-entropy in nats
 * @param accuracy share of rows predicted right, from 0 to 1
 */
public record TrainScore(long rows, double loss, double accuracy) {}
