package org.virusmnist.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Work beside the caller ends before its owner goes on, and its failures are not lost. */
class BackgroundTest {
  @Test
  void runsBesideTheCaller() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    try (Background<String> work =
        Background.start(
            "work",
            () -> {
              release.await();
              return "done";
            })) {
      release.countDown();
      assertThat(work.get()).isEqualTo("done");
      assertThat(work.get()).isEqualTo("done");
    }
  }

  @Test
  void throwsWhatTheWorkThrew() {
    IOException failure = new IOException("disk full");
    try (Background<?> work =
        Background.run(
            "work",
            () -> {
              throw failure;
            })) {
      assertThatThrownBy(work::get).isSameAs(failure);
    }
  }

  @Test
  void throwsUncheckedFailuresAndErrorsAsTheyAre() {
    IllegalStateException unchecked = new IllegalStateException("no");
    UnsatisfiedLinkError error = new UnsatisfiedLinkError("libtensorflow");
    try (Background<?> first = Background.run("first", () -> raise(unchecked));
        Background<?> second = Background.run("second", () -> raise(error))) {
      assertThatThrownBy(first::get).isSameAs(unchecked);
      assertThatThrownBy(second::get).isSameAs(error);
    }
  }

  @Test
  void wrapsACheckedFailureThatIsNoInputOutput() {
    Exception checked = new InterruptedException("from the work itself");
    try (Background<String> work =
        Background.start(
            "work",
            () -> {
              throw checked;
            })) {
      assertThatThrownBy(work::get).isInstanceOf(IOException.class).hasCause(checked);
    }
  }

  @Test
  void closingWaitsForTheWorkAndClosesItsResult() {
    AtomicBoolean isClosed = new AtomicBoolean();
    CountDownLatch mayEnd = new CountDownLatch(1);
    AutoCloseable resource = () -> isClosed.set(true);
    Background<AutoCloseable> work =
        Background.start(
            "work",
            () -> {
              mayEnd.await();
              return resource;
            });
    releaseWhenThisThreadWaits(mayEnd);
    work.close();
    assertThat(isClosed).isTrue();
  }

  private static void releaseWhenThisThreadWaits(CountDownLatch mayEnd) {
    Thread caller = Thread.currentThread();
    Thread releaser =
        new Thread(
            () -> {
              while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              mayEnd.countDown();
            });
    releaser.setDaemon(true);
    releaser.start();
  }

  @Test
  void closingKeepsQuietAboutAFailureNobodyAskedFor() {
    AtomicBoolean hasRun = new AtomicBoolean();
    Background.run(
            "work",
            () -> {
              hasRun.set(true);
              throw new IOException("secondary");
            })
        .close();
    assertThat(hasRun).isTrue();
  }

  @Test
  void closingSaysThatAResultWouldNotClose() {
    Background<AutoCloseable> work =
        Background.start(
            "work",
            () ->
                () -> {
                  throw new IOException("busy");
                });
    assertThatThrownBy(work::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a result could not be closed")
        .hasRootCauseMessage("busy");
  }

  @Test
  void anInterruptEndsTheWaitForAResultButNotTheWaitAtTheEnd() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean isDone = new AtomicBoolean();
    Background<?> work =
        Background.start(
            "work",
            () -> {
              release.await();
              isDone.set(true);
              return "";
            });
    Thread.currentThread().interrupt();
    assertThatThrownBy(work::get)
        .isInstanceOf(IOException.class)
        .hasMessage("interrupted while waiting for work in the background");

    release.countDown();
    work.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(isDone).isTrue();
  }

  private static void raise(RuntimeException failure) {
    throw failure;
  }

  private static void raise(Error failure) {
    throw failure;
  }
}
