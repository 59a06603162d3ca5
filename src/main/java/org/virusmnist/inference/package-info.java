/**
 * Batches through a model, several at a time, in order.
 *
 * <p>Read {@code OrderedPipeline} first. This package must not know TensorFlow or files: the work
 * on a batch is a function that the caller passes in.
 */
@NullMarked
package org.virusmnist.inference;

import org.jspecify.annotations.NullMarked;
