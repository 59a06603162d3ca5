package org.virusmnist.spark;

/** Is told how far a job is, by one thread at a time. */
@FunctionalInterface
public interface TaskProgress {
  /**
   * A stage of the job begins, or a task of it has ended.
   *
   * @param stage its number
   * @param done tasks of it that have succeeded
   * @param total its tasks
   */
  void advanced(int stage, int done, int total);
}
