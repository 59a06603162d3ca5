/**
 * {@code explain}: which bytes drove a decision.
 *
 * <p>Must not change a weight.
 */
@NullMarked
package org.virusmnist.cli.explain;

import org.jspecify.annotations.NullMarked;
