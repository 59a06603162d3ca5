package org.virusmnist.spark;

/**
 * What a job did.
 *
 * @param rows rows written
 * @param damaged rows and files put aside
 * @param damagedPath the side table that lists them
 */
public record JobResult(long rows, long damaged, String damagedPath) {}
