package org.virusmnist.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.cli.input.OutputFile;
import org.virusmnist.report.RunDirectory;
import org.virusmnist.report.RunValues;
import org.virusmnist.report.html.ComparisonPage;
import org.virusmnist.storage.DirectoryLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws runs again, and compares several. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Draws report.html and the charts of runs again, from the files of the runs alone.",
      "Several runs are compared side by side on a page of their own."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist report runs/1",
      "  scripts/virus-mnist report runs/1 runs/2 --output comparison.html"
    })
public final class ReportCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Directories that train wrote.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Page that compares several runs (default: comparison.html).")
  private @Nullable Path output;

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    if (output != null && runs.size() == 1) {
      throw common.usage("--output is for several runs; one run's page is its report.html");
    }
    if (output != null) {
      new OutputFile(common, "--output", output).requireNothingIn(runs);
    }
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    List<RunValues> values = new ArrayList<>();
    for (Path run : runs) {
      values.add(draw(new RunDirectory(run)));
    }
    if (values.size() > 1) {
      Path page = output == null ? Path.of("comparison.html") : output;
      ComparisonPage.write(page, values);
      common.out().println("Wrote " + page);
    }
  }

  private RunValues draw(RunDirectory directory) throws IOException {
    ProgressBar bar = common.progressBar();
    String title = "Drawing " + directory.root();
    bar.start();
    bar.show(title, 0, 1, "");
    RunDrawing drawing = RunDrawing.read(directory);
    List<RunDrawing.Part> parts = drawing.parts();
    try (DirectoryLock lock = DirectoryLock.acquire(directory.root())) {
      for (int i = 0; i < parts.size(); i++) {
        bar.show(title, i, parts.size(), "");
        lock.requireHeld();
        parts.get(i).draw();
      }
    }
    bar.clear();
    common.out().println("Wrote " + directory.report());
    return drawing.values();
  }
}
