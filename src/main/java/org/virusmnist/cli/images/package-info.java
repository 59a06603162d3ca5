/**
 * {@code images}: executables to a CSV.
 *
 * <p>Must not open a model and must not run a file.
 */
@NullMarked
package org.virusmnist.cli.images;

import org.jspecify.annotations.NullMarked;
