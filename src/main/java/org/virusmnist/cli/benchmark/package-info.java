/**
 * {@code benchmark}: images per second on this machine.
 *
 * <p>Must not know data: it makes its own images.
 */
@NullMarked
package org.virusmnist.cli.benchmark;

import org.jspecify.annotations.NullMarked;
