package org.virusmnist.cli.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM, answered in good order.
 *
 * <p>While a loop pays attention, the first signal is a wish that the loop grants after the call in
 * flight; a second one, or three seconds without an answer, ends the process at once. While nobody
 * pays attention the first signal ends the process: every file is whole or absent at any time. The
 * system property {@code virusmnist.patience} says other seconds, for tests and slow disks.
 *
 * <p>Uses {@code sun.misc.Signal} of the module jdk.unsupported by reflection: a shutdown hook
 * could not see a second signal, and would let the process end under a native call. Where it is
 * missing, signals do what they do by default.
 */
public final class StopSignals implements AutoCloseable {
  private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);
  private static final long PATIENCE_SECONDS = 3;

  private final long patienceSeconds = Long.getLong("virusmnist.patience", PATIENCE_SECONDS);
  private final IntConsumer halt;
  private final Map<Object, Object> replaced = new LinkedHashMap<>();
  private volatile @Nullable String requested;
  private volatile boolean isAttended;

  /** Halts the process by a function, so that a test may see it. */
  public StopSignals(IntConsumer halt) {
    this.halt = halt;
    NUMBERS.keySet().forEach(this::install);
  }

  private void install(String name) {
    try {
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              type.getClassLoader(), new Class<?>[] {type}, invocationOf(() -> onSignal(name)));
      replaced.put(signal, handle(signal, handler));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return; // this platform keeps the signal for itself
    }
  }

  private static InvocationHandler invocationOf(Runnable onSignal) {
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "handle" -> {
            onSignal.run();
            yield null;
          }
          case "hashCode" -> System.identityHashCode(proxy);
          case "equals" -> arguments != null && proxy == arguments[0];
          default -> "virus-mnist";
        };
  }

  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), type)
        .invoke(null, signal, handler);
  }

  /** Notes a signal: the first asks for an end at the next safe point, the second ends at once. */
  public void onSignal(String name) {
    boolean isFirst = requested == null;
    requested = name;
    if (!isFirst || !isAttended) {
      halt.accept(exitCode(name));
      return;
    }
    Thread watchdog = new Thread(() -> haltWhenIgnored(name), "stop-signal");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  private void haltWhenIgnored(String name) {
    try {
      TimeUnit.SECONDS.sleep(patienceSeconds);
      halt.accept(exitCode(name));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Says whether a loop that calls {@link #throwIfRequested} every second or so is running.
   *
   * @return what was said before
   */
  public boolean attend(boolean isAttendedNow) {
    boolean before = isAttended;
    isAttended = isAttendedNow;
    return before;
  }

  /** Returns whether a signal has asked for an end. */
  public boolean isRequested() {
    return requested != null;
  }

  /** Ends the loop that calls this, when a signal has asked for it. */
  public void throwIfRequested() {
    String name = requested;
    if (name != null) {
      throw new InterruptedRunException("interrupted by SIG" + name + ".", exitCode(name));
    }
  }

  private static int exitCode(String name) {
    return 128 + NUMBERS.getOrDefault(name, 0);
  }

  /** Gives the signals back. */
  @Override
  public void close() {
    for (Map.Entry<Object, Object> entry : replaced.entrySet()) {
      try {
        handle(entry.getKey(), entry.getValue());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a signal handler cannot be put back", e);
      }
    }
    replaced.clear();
  }
}
