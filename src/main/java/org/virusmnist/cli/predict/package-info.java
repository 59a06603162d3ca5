/**
 * {@code predict} and {@code evaluate}: a model on rows or on files.
 *
 * <p>Must not change a weight.
 */
@NullMarked
package org.virusmnist.cli.predict;

import org.jspecify.annotations.NullMarked;
