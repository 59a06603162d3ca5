/**
 * Values to files: CSV and JSON, and back.
 *
 * <p>The files of a run directory are a contract; the column names are those of Keras and
 * scikit-learn. This package must not know how a value was computed: no sessions, no data set, no
 * charts.
 */
@NullMarked
package org.virusmnist.report;

import org.jspecify.annotations.NullMarked;
