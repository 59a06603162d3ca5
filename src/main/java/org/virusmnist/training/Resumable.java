package org.virusmnist.training;

import java.io.IOException;
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
   * @throws IOException if what it wrote so far cannot be made safe
   */
  Map<String, String> save() throws IOException;

  /**
   * Remembers what an earlier process did.
   *
   * @param saved what {@link #save} returned
   * @throws IllegalArgumentException if the values are not its own
   */
  void restore(Map<String, String> saved);
}
