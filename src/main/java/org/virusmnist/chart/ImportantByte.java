package org.virusmnist.chart;

/**
 * A byte that drove a decision.
 *
 * @param offset its place, from 0
 * @param value the byte, 0 to 255
 * @param field what it means, or empty
 * @param attribution how much it moved the logit
 */
public record ImportantByte(int offset, int value, String field, double attribution) {}
