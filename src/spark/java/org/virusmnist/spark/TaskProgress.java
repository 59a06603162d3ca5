package org.virusmnist.spark;

/** Is told how far a job is, by one thread at a time. */
public interface TaskProgress {
  /** Stages begin after a time without any. */
  void started();

  /**
   * A stage begins, or a task has ended.
   *
   * @param done tasks of the stages under way that have succeeded
   * @param total tasks of these stages
   */
  void advanced(int done, int total);
}
