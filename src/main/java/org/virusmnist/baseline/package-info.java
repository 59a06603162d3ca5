/**
 * Classifiers without a network, to hold the network against: majority, nearest neighbour, logistic
 * regression, random forest.
 *
 * <p>Read {@code Baseline} first. The only package that sees Tribuo; it must not know the network,
 * files or the command line.
 */
@NullMarked
package org.virusmnist.baseline;

import org.jspecify.annotations.NullMarked;
