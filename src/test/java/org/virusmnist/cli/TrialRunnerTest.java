package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.virusmnist.device.Finding;
import org.virusmnist.device.Machine.CommandOutput;

class TrialRunnerTest {
  private static final String NEXT =
      "Look at the findings above; --device cpu works without a GPU.";

  @Test
  void namesTheSignalThatEndedTheTrial() {
    CommandOutput aborted =
        new CommandOutput(134, "Could not load symbol cudnnGetVersion\n# aborted\n\n");

    assertThat(TrialRunner.failed(aborted))
        .isEqualTo(
            Finding.notOk(
                "TensorFlow",
                "the trial was ended by signal 6, as by a cuDNN without its parts: # aborted",
                NEXT));
  }

  @Test
  void quotesTheLastLineOfATrialThatFailed() {
    CommandOutput refused =
        new CommandOutput(5, "noise\nvirus-mnist: --device gpu: TensorFlow lists no GPU.\n");

    assertThat(TrialRunner.failed(refused))
        .isEqualTo(
            Finding.notOk(
                "TensorFlow", "virus-mnist: --device gpu: TensorFlow lists no GPU.", NEXT));
    assertThat(TrialRunner.failed(new CommandOutput(1, "")).detail()).isEqualTo("it says nothing");
  }

  @Test
  void doesNotWaitForEver() {
    assertThat(List.of(TrialRunner.failed(null)))
        .containsExactly(Finding.notOk("TensorFlow", "the trial does not end", NEXT));
  }
}
