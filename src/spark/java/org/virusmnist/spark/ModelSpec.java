package org.virusmnist.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.spark.broadcast.Broadcast;
import org.virusmnist.model.ClassifierModel;

/**
 * Which model a job runs and how each executor opens it.
 *
 * @param directory the SavedModel on the driver's machine
 * @param batchSize images per call
 * @param settings device and precision in words; models opened with other ones are other models
 * @param opener opens it on an executor
 */
public record ModelSpec(Path directory, int batchSize, String settings, Opener opener) {

  /** Opens a model; made by the driver, called by executors. */
  @FunctionalInterface
  public interface Opener extends Serializable {
    /**
     * Opens a model.
     *
     * @param model where it is and what the executor has
     * @return the open model, to be closed by the caller
     * @throws IOException if it cannot be opened, or has another hash
     */
    ClassifierModel open(Unpacked model) throws IOException;
  }

  /**
   * A model on an executor.
   *
   * @param directory where it was unpacked
   * @param sha256 the hash that the driver computed of it
   * @param cores processor cores of the executor
   * @param tasks tasks that run at a time on them
   * @param gpu number of the GPU that Spark gave to the executor, or −1
   */
  public record Unpacked(Path directory, String sha256, int cores, int tasks, int gpu) {}

  /** What travels to executors. */
  record Shipped(
      Broadcast<byte[]> zip, String sha256, String settings, int batchSize, Opener opener)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Tells models apart; openers are copies in every task. */
    String key() {
      return sha256 + " " + settings;
    }
  }
}
