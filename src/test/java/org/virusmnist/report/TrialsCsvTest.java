package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Spread;
import org.virusmnist.metrics.TrialScore;

/** Trials as rows and as files of their own. */
class TrialsCsvTest {
  private static final TrialRow DONE =
      new TrialRow(
          3,
          1,
          9,
          42,
          Map.of("dropout", "0.2", "schedule", "=cosine"),
          new TrialScore(new Spread(0.2, 0.125), Spread.of(1 / 3.0), Spread.of(1.5)));
  private static final TrialRow DIVERGED =
      new TrialRow(4, 1, 9, 42, Map.of("dropout", "0.5"), null);

  @TempDir private Path directory;

  @Test
  void hasARowForEachTrialAndNoScoreOfOneThatDiverged() throws IOException {
    Path file = directory.resolve("trials.csv");
    TrialsCsv.write(file, List.of("dropout", "schedule"), List.of(DONE, DIVERGED));

    assertThat(file)
        .hasContent(
            "trial,rung,epochs,seed,dropout,schedule,accuracy,macro_f1,loss,accuracy_deviation,"
                + "macro_f1_deviation,loss_deviation\n"
                + "3,1,9,42,0.2,'=cosine,0.2,0.3333333333333333,1.5,0.125,0.0,0.0\n"
                + "4,1,9,42,0.5,,,,,,,\n");
  }

  @Test
  void readsATrialBackToTheBit() throws IOException {
    DONE.write(directory);
    DIVERGED.write(directory);

    assertThat(TrialRow.read(directory.resolve("0003-1.json"))).isEqualTo(DONE);
    assertThat(TrialRow.read(directory.resolve("0004-1.json"))).isEqualTo(DIVERGED);
    assertThat(DONE.isSameTrial(DIVERGED)).isFalse();
  }
}
