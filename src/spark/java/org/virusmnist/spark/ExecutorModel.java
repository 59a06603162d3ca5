package org.virusmnist.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.virusmnist.model.ClassifierModel;

/**
 * The one open model of an executor process, shared by its tasks.
 *
 * <p>The first task that needs it opens it; it is closed when the process ends, when a job asks for
 * another model, or by {@link #close} where driver and executor are one process. Calls hold a read
 * lock, so that a session is never closed under a call.
 */
final class ExecutorModel {
  private static final ReadWriteLock LOCK = new ReentrantReadWriteLock();
  private static @Nullable String key;
  private static @Nullable ClassifierModel open;
  private static int opened;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExecutorModel::close, "close-model"));
  }

  private ExecutorModel() {}

  /** Calls the model, which is opened if it is not open yet. */
  static <R> R call(ModelSpec.Shipped model, Function<ClassifierModel, R> work) {
    while (true) {
      LOCK.readLock().lock();
      try {
        ClassifierModel ready = open;
        if (ready != null && model.key().equals(key)) {
          return work.apply(ready);
        }
      } finally {
        LOCK.readLock().unlock();
      }
      openUnlessDone(model);
    }
  }

  /** Returns how often this process has opened a model. */
  static int timesOpened() {
    LOCK.readLock().lock();
    try {
      return opened;
    } finally {
      LOCK.readLock().unlock();
    }
  }

  /** Closes the model once no call runs. */
  static void close() {
    LOCK.writeLock().lock();
    try {
      closeOpen();
    } finally {
      LOCK.writeLock().unlock();
    }
  }

  private static void openUnlessDone(ModelSpec.Shipped model) {
    LOCK.writeLock().lock();
    try {
      if (open == null || !model.key().equals(key)) {
        closeOpen();
        open = open(model);
        key = model.key();
        opened++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      LOCK.writeLock().unlock();
    }
  }

  private static void closeOpen() {
    if (open != null) {
      open.close();
      open = null;
      key = null;
    }
  }

  private static ClassifierModel open(ModelSpec.Shipped model) throws IOException {
    return ModelArchive.unpacked(
        model.zip().value(),
        directory ->
            model
                .opener()
                .open(
                    new ModelSpec.Unpacked(
                        directory,
                        model.sha256(),
                        ExecutorResources.cores(),
                        ExecutorResources.tasks(),
                        ExecutorResources.gpu())));
  }
}
