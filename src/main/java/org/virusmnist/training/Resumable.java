package org.virusmnist.training;

import java.util.Map;

/**
 * A part of training that remembers something from epoch to epoch, such as a schedule or early
 * stopping, and must remember the same after a run was resumed.
 *
 * <p>Values are text; write floating-point numbers with {@link Double#toHexString}, so that no bit
 * is lost.
 */
public interface Resumable {
  /**
   * Returns the name its values are kept under.
   *
   * @return a name of its own, the same in every run
   */
  String name();

  /**
   * Returns what it remembers.
   *
   * @return values by name
   */
  Map<String, String> save();

  /**
   * Remembers what an earlier process did.
   *
   * @param saved what {@link #save} returned
   * @throws IllegalArgumentException if the values are not its own
   */
  void restore(Map<String, String> saved);
}
