package org.virusmnist.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {
  private final StringWriter screen = new StringWriter();

  private ProgressBar bar(int columns) {
    return new ProgressBar(new PrintWriter(screen), true, 0, columns);
  }

  @Test
  void showsTheEndOfATitleThatIsTooLong() {
    bar(80).show("Reading " + "folder/".repeat(12) + "train.csv", 0, 2, "");

    assertThat(screen.toString())
        .startsWith("\r...")
        .endsWith("/train.csv [                        ]   0%  ETA ?")
        .hasSize(80);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 40, 44, 45, 46, 80})
  void neverFillsALine(int columns) {
    bar(columns).show("Comparing " + "x".repeat(98), 0, 2, "2 of 3");

    assertThat(screen.toString().strip()).hasSizeLessThan(Math.max(20, columns));
  }

  @Test
  void leavesATitleThatFits() {
    bar(80).show("Drawing", 0, 2, "");

    assertThat(screen).hasToString("\rDrawing [                        ]   0%  ETA ?");
  }
}
