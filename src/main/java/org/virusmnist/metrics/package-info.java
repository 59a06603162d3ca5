/**
 * What a training run or a prediction is worth, as plain values and arithmetic.
 *
 * <p>Read {@code ConfusionMatrix} first: rows are true classes, columns are predicted classes, as
 * in scikit-learn. This package must not know where the numbers come from or where they go: it sees
 * the JDK only.
 */
@NullMarked
package org.virusmnist.metrics;

import org.jspecify.annotations.NullMarked;
