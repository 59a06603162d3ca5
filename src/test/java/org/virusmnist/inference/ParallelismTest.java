package org.virusmnist.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls and threads fill the cores and no more. */
class ParallelismTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 1", "16, 16, 1", "24, 16, 1", "64, 16, 4"})
  void givesEachCallACore(int cores, int calls, int threads) {
    assertThat(Parallelism.forCores(cores)).isEqualTo(new Parallelism(calls, threads));
  }

  @ParameterizedTest
  @CsvSource({"1, 8, 8", "3, 8, 2", "8, 2, 1"})
  void givesFewCallsMoreThreads(int calls, int cores, int threads) {
    assertThat(Parallelism.withCalls(calls, cores)).isEqualTo(new Parallelism(calls, threads));
  }

  @Test
  void refusesNone() {
    assertThatThrownBy(() -> new Parallelism(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calls and threads are 0 and 1, expected 1 or more");
  }
}
