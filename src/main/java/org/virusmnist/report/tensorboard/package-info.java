/**
 * TensorBoard's event files.
 *
 * <p>Read {@code EventFile} first: scalars, pictures and hyperparameters become events, and events
 * become records of a file. The messages are TensorFlow's own protocol buffers, which are plain
 * Java. This package must not know a tensor, a session or native code.
 */
@NullMarked
package org.virusmnist.report.tensorboard;

import org.jspecify.annotations.NullMarked;
