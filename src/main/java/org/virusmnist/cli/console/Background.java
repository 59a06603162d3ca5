package org.virusmnist.cli.console;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Work that runs beside the calling thread; its result or failure is collected with {@link #get}.
 *
 * <p>Closing waits for the work to end, whatever came of it, and closes its result: native calls
 * must end before the memory they use is freed.
 *
 * @param <T> the result
 */
public final class Background<T extends @Nullable Object> implements AutoCloseable {
  private final FutureTask<T> task;

  private Background(Callable<T> work) {
    task = new FutureTask<>(work);
  }

  /** Starts work that has a result. */
  public static <T> Background<T> start(String name, Callable<T> work) {
    return new Background<>(work).started(name);
  }

  /** Starts work that has none. */
  public static Background<@Nullable Void> run(String name, Work work) {
    return new Background<@Nullable Void>(
            () -> {
              work.run();
              return null;
            })
        .started(name);
  }

  private Background<T> started(String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** What runs in the background. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * Waits for the result, which this object owns; a failure of the work is thrown here as it was
   * thrown there.
   */
  public T get() throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for work in the background", e);
    } catch (ExecutionException e) {
      throw asThrown(e.getCause());
    }
  }

  private static IOException asThrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  @Override
  public void close() {
    if (awaitQuietly() instanceof AutoCloseable resource) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("a result could not be closed", e);
      }
    }
  }

  private @Nullable T awaitQuietly() {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
        } catch (ExecutionException e) {
          return null; // get() throws it; where nobody asked, an earlier failure is on its way
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
