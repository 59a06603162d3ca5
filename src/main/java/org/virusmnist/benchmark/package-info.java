/**
 * How fast something is: warm-up, measurement, batch sizes that are too large, the machine.
 *
 * <p>Start with {@link org.virusmnist.benchmark.BatchSweep}. What is measured comes as functions:
 * this package knows no model, no TensorFlow and no command line.
 */
@NullMarked
package org.virusmnist.benchmark;

import org.jspecify.annotations.NullMarked;
