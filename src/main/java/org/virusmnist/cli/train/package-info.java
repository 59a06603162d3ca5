/**
 * {@code train}: the whole job, its options, its safe points, its cross-validation and its record.
 *
 * <p>Read {@code TrainJob} first. The loop over epochs is in {@code training}, the mathematics in
 * {@code model} and {@code metrics}; here they are put together. Must not know that a search
 * exists.
 */
@NullMarked
package org.virusmnist.cli.train;

import org.jspecify.annotations.NullMarked;
