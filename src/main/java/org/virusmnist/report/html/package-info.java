/**
 * A run's values as one HTML page, and several runs side by side on another.
 *
 * <p>Read {@code ReportPage} first. The classes here turn values into text and positions; the
 * templates in {@code src/main/jte} lay them out and escape every value. The only package that sees
 * the template library. It must not know where the values came from.
 */
@NullMarked
package org.virusmnist.report.html;

import org.jspecify.annotations.NullMarked;
