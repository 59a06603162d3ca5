/**
 * The run directory as the command line sees it: opened, resumed, compared with what was asked for,
 * and drawn again from its files by {@code report}.
 *
 * <p>Must not open a model.
 */
@NullMarked
package org.virusmnist.cli.run;

import org.jspecify.annotations.NullMarked;
