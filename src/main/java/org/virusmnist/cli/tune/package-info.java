/**
 * {@code tune}: trials of {@code train} with options that a search has drawn.
 *
 * <p>What is drawn and who goes on is in {@code tuning}; here a trial is run and written down.
 */
@NullMarked
package org.virusmnist.cli.tune;

import org.jspecify.annotations.NullMarked;
