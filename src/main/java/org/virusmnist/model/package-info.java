/**
 * The SavedModel and its TensorFlow session; the only package that sees TensorFlow.
 *
 * <p>Read {@code ClassifierModel} first: it opens a SavedModel, checks it against the signatures it
 * must have and runs them. Native memory has one owner here: tensors are created and closed inside
 * this package, and what outlives a call is {@code AutoCloseable}. {@code DeviceChoice} loads
 * native code, after {@code device} has decided for which device. This package must not know
 * epochs, files of a run, or how a value is shown.
 */
@NullMarked
package org.virusmnist.model;

import org.jspecify.annotations.NullMarked;
