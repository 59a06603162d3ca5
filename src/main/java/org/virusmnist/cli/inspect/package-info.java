/**
 * {@code inspect}: what is in a CSV, and which rows are equal or nearly so.
 *
 * <p>Must not open a model. {@code train} audits its own data with it.
 */
@NullMarked
package org.virusmnist.cli.inspect;

import org.jspecify.annotations.NullMarked;
