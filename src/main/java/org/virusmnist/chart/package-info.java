/**
 * Values to PNG with JFreeChart.
 *
 * <p>Read {@code ChartStyle} first: every colour and font is there. This is the only package that
 * sees JFreeChart; it must not know files other than the PNG it writes, nor how a value was
 * computed.
 */
@NullMarked
package org.virusmnist.chart;

import org.jspecify.annotations.NullMarked;
