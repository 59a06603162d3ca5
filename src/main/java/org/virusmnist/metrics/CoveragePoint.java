package org.virusmnist.metrics;

/**
 * What is left when predictions below a threshold are called "unsure".
 *
 * @param threshold smallest confidence that counts as sure
 * @param coverage share of all rows that are sure, from 0 to 1
 * @param accuracy share of the sure rows predicted right, from 0 to 1
 */
public record CoveragePoint(double threshold, double coverage, double accuracy) {}
