package org.virusmnist.tuning;

import java.util.Map;

/**
 * Settings to be tried.
 *
 * @param number its number, from 1
 * @param options values by option, without dashes, in the order of the search's options
 */
public record Trial(int number, Map<String, String> options) {}
