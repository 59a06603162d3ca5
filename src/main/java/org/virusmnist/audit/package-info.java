/**
 * Rows that are equal or nearly equal, within a data set and between two of them.
 *
 * <p>Read {@code NearestRows} first. This package must not know the network, predictions or files:
 * it sees images and, for accuracies, which rows were predicted right.
 */
@NullMarked
package org.virusmnist.audit;

import org.jspecify.annotations.NullMarked;
