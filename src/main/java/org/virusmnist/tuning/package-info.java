/**
 * Search over options of {@code train}: what is drawn, who goes on to the next rung, who is best.
 *
 * <p>Read {@code Search} first. This package knows neither TensorFlow nor files: a trial is a
 * function that the caller passes in.
 */
@NullMarked
package org.virusmnist.tuning;

import org.jspecify.annotations.NullMarked;
