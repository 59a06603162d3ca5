package org.virusmnist.dataset;

/**
 * How many rows of a set are in groups of the set that is trained on: their score flatters.
 *
 * @param rows rows of the set
 * @param inTrainingGroups those of them whose group has rows that are trained on
 * @param withoutGroup those of which no group is known
 */
public record SharedGroups(int rows, int inTrainingGroups, int withoutGroup) {}
