package org.virusmnist.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A signal is a wish to a loop that pays attention, and an end to everything else. */
class StopSignalsTest {
  private final List<Integer> halted = new ArrayList<>();
  private final StopSignals signals = new StopSignals(halted::add);

  @AfterEach
  void giveBack() {
    signals.close();
  }

  @Test
  void endsAtOnceWhereNobodyPaysAttention() {
    signals.onSignal("INT");
    assertThat(halted).containsExactly(130);
  }

  @Test
  void asksALoopThatPaysAttention() {
    signals.attend(true);
    signals.throwIfRequested();
    signals.onSignal("TERM");

    assertThat(halted).isEmpty();
    assertThat(signals.isRequested()).isTrue();
    assertThatThrownBy(signals::throwIfRequested)
        .isInstanceOfSatisfying(
            InterruptedRunException.class, e -> assertThat(e.exitCode()).isEqualTo(143))
        .hasMessage("interrupted by SIGTERM.");
  }

  @Test
  void endsAtOnceTheSecondTime() {
    signals.attend(true);
    signals.onSignal("INT");
    signals.onSignal("INT");

    assertThat(halted).containsExactly(130);
  }

  @Test
  void endsAtOnceAgainAfterTheLoop() {
    assertThat(signals.attend(true)).isFalse();
    assertThat(signals.attend(false)).isTrue();
    signals.onSignal("TERM");

    assertThat(halted).containsExactly(143);
  }

  @Test
  void endsAtLastWhereALoopThatPaysAttentionGivesNoAnswer() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    System.setProperty("virusmnist.patience", "0");
    try (StopSignals impatient = new StopSignals(code -> note(code, ended))) {
      impatient.attend(true);
      impatient.onSignal("TERM");
      ended.await();
    } finally {
      System.clearProperty("virusmnist.patience");
    }
    assertThat(halted).containsExactly(143);
  }

  private void note(int code, CountDownLatch ended) {
    halted.add(code);
    ended.countDown();
  }

  @Test
  void saysHowToGoOn() {
    InterruptedRunException e = new InterruptedRunException("interrupted.", 130);

    assertThat(e.withHint("Go on.")).hasMessage("interrupted. Go on.");
    assertThat(e.withHint("Go on.").exitCode()).isEqualTo(130);
  }
}
