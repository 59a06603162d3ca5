/**
 * Options that name data, and the rows they lead to: CSV files, where rows are kept, caches, the
 * recipe beside a file.
 *
 * <p>Must not open a model and must not know what the rows are for.
 */
@NullMarked
package org.virusmnist.cli.input;

import org.jspecify.annotations.NullMarked;
