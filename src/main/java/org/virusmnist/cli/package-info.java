/**
 * The command line: parse, wire, print, exit code.
 *
 * <p>Read {@code Main} first. This package must not compute: no loops over batches, no arithmetic
 * on metrics. Nothing else may depend on it.
 */
@NullMarked
package org.virusmnist.cli;

import org.jspecify.annotations.NullMarked;
