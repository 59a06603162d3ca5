/**
 * The epoch loop: order, batches, learning rates, validation, listeners.
 *
 * <p>Read {@code Trainer} first. This package must not know TensorFlow or files: a training step
 * and a validation are functions that the caller passes in, so the loop is tested without native
 * code.
 */
@NullMarked
package org.virusmnist.training;

import org.jspecify.annotations.NullMarked;
