package org.virusmnist.tuning;

import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.TrialScore;

/**
 * What a trial has given in a rung.
 *
 * @param trial its settings
 * @param rung number of the rung, from 0
 * @param score on rows it was not trained on; null where training diverged
 */
public record TrialResult(Trial trial, int rung, @Nullable TrialScore score) {}
