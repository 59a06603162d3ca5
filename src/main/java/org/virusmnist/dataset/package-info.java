/**
 * Virus-MNIST rows in memory: reading, checking, splitting and batching.
 *
 * <p>Read {@code ImageSet} first. This package must not know the network: no sessions, no
 * signatures, no metrics. Of TensorFlow it sees the ndarray library alone, which fills RGB batches.
 */
@NullMarked
package org.virusmnist.dataset;

import org.jspecify.annotations.NullMarked;
