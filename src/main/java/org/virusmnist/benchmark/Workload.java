package org.virusmnist.benchmark;

import java.io.IOException;

/** Something to measure at several batch sizes. */
public interface Workload {

  /**
   * Returns what it is called in tables and charts.
   *
   * @return for instance {@code predict}
   */
  String name();

  /**
   * Makes ready to work on batches of a size; not measured.
   *
   * @param batchSize images of a batch, 1 or more
   * @return the work, to be closed by the caller
   * @throws IOException if it cannot be made ready
   */
  Work prepare(int batchSize) throws IOException;

  /** Work on batches of one size. */
  interface Work extends AutoCloseable {

    /**
     * Makes one call, from the data in Java to the result in Java; called from several threads if
     * {@link #mayOverlap}.
     *
     * @throws IOException if the work fails
     */
    void call() throws IOException;

    /**
     * Returns how many batches a call works through.
     *
     * @return 1 or more
     */
    default int stepsPerCall() {
      return 1;
    }

    /** Returns whether several calls may run at a time. */
    default boolean mayOverlap() {
      return true;
    }

    /** Frees what {@link Workload#prepare} took. */
    @Override
    default void close() {}
  }
}
