package org.virusmnist.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.cli.train.TrainCommand;
import org.virusmnist.tuning.Dimension;
import org.virusmnist.tuning.Objective;
import org.virusmnist.tuning.Rung;
import org.virusmnist.tuning.Search;
import org.virusmnist.tuning.SearchSpace;

/** A search that goes on keeps trials that are whole, and nothing of one that was cut off. */
class TrialFilesTest {
  @TempDir private Path directory;

  @Test
  void leavesNothingOfATrialThatWasKilledWhileItWasWritten() throws IOException {
    Path root = directory.resolve("search");
    OpenRun.create(root, Map.of()).close();
    Path trials = Files.createDirectory(root.resolve("trials"));
    Path whole = Files.writeString(trials.resolve("0003-0.json"), "{}");
    Files.writeString(trials.resolve(".0004-0.json.5f.tmp"), "{");

    try (OpenRun run = OpenRun.takeOver(root)) {
      new TrialFiles(run, plan());
    }
    assertThat(trials).isDirectoryContaining(path -> path.equals(whole));
    assertThat(trials.toFile().list()).hasSize(1);
  }

  private static TunePlan plan() {
    Search search = new Search(List.of(), List.of(new Rung(1, 1)), Objective.ACCURACY);
    return new TunePlan(
        new TuneCommand(),
        new SearchSpace(List.of(Dimension.parse("learning-rate=0.1,0.2"))),
        search,
        new TrainCommand());
  }
}
