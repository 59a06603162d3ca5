package org.virusmnist.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchmarkCommandTest {

  @Test
  void keepsTheNumbersOfSeveralGpusTogether() {
    BenchmarkCommand command = new BenchmarkCommand();

    new CommandLine(command).parseArgs("--device", "gpu:0,1,cpu,gpu:1");

    assertThat(command.devices())
        .extracting(Object::toString)
        .containsExactly("gpu:0,1", "gpu:1", "cpu");
  }
}
