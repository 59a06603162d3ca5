package org.virusmnist.cli.tune;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.chart.ChartStyle;
import org.virusmnist.chart.TrialsChart;
import org.virusmnist.cli.console.ErrorLine;
import org.virusmnist.cli.console.TextTable;
import org.virusmnist.cli.run.OpenRun;
import org.virusmnist.metrics.TrialScore;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.TrialRow;
import org.virusmnist.report.TrialsCsv;
import org.virusmnist.storage.Unfinished;
import org.virusmnist.training.DivergedException;
import org.virusmnist.tuning.Search;
import org.virusmnist.tuning.TrialResult;

/** The files of a search: one for each trial, then table, chart and the best settings. */
final class TrialFiles {
  private static final Logger LOG = LogManager.getLogger(TrialFiles.class);
  private static final int SHOWN = 5;

  private final OpenRun run;
  private final TunePlan plan;
  private final Path directory;
  private final Map<String, TrialRow> rows = new LinkedHashMap<>();

  TrialFiles(OpenRun run, TunePlan plan) throws IOException {
    this.run = run;
    this.plan = plan;
    this.directory = run.directory().root().resolve("trials");
    Files.createDirectories(directory);
    Unfinished.delete(directory);
  }

  /** Returns what an earlier process has made of a trial, or null if that is to be done. */
  @Nullable TrialRow read(TrialRow wanted) {
    Path file = directory.resolve(wanted.fileName());
    if (!Files.exists(file)) {
      return null;
    }
    try {
      TrialRow done = TrialRow.read(file);
      if (done.isSameTrial(wanted)) {
        rows.put(done.fileName(), done);
        return done;
      }
      LOG.warn("{}: is of another trial. It is run again.", file);
    } catch (IOException e) {
      LOG.warn("{}. The trial is run again.", ErrorLine.message(e));
    }
    return null;
  }

  /** Keeps what came of a trial. */
  TrialRow write(TrialRow trial, @Nullable TrialScore score) throws IOException {
    TrialRow done =
        new TrialRow(
            trial.trial(), trial.rung(), trial.epochs(), trial.seed(), trial.options(), score);
    run.lock().requireHeld();
    done.write(directory);
    rows.put(done.fileName(), done);
    return done;
  }

  /** Writes table, chart and the best settings. */
  void writeResults(List<TrialResult> results) throws IOException {
    run.lock().requireHeld();
    TrialsCsv.write(file("trials.csv"), plan.space().options(), List.copyOf(rows.values()));
    Search search = plan.search();
    TrialResult best =
        search
            .best(results)
            .orElseThrow(() -> DivergedException.inAllTrials(search.trials().size()));
    TrialsChart.write(
        file("trials.png"), TrialsDrawing.of(plan, List.copyOf(rows.values())), ChartStyle.light());
    ConfigJson.write(file("best.json"), options(best));
  }

  private Path file(String name) {
    return run.directory().root().resolve(name);
  }

  /** What {@code --config} takes: files by paths that mean them from everywhere, no folds. */
  private Map<String, Object> options(TrialResult best) {
    int epochs = plan.search().rungs().get(best.rung()).epochs();
    return plan.options(best.trial(), epochs)
        .without("--folds", "--fold-seed", "--verbose", "--quiet", "--trust-model")
        .withAbsolutePaths(plan.command().commandLine().getCommandSpec())
        .toConfig();
  }

  /** Prints the best trials and what to do with them. */
  void print(PrintWriter out, List<TrialResult> results) {
    List<String> options = plan.space().options();
    TextTable table = new TextTable("rr" + "r".repeat(options.size()) + "rrr");
    List<String> header = new ArrayList<>(List.of("trial", "epochs"));
    header.addAll(options);
    header.addAll(List.of("accuracy", "macro F1", "loss"));
    table.row(header.toArray(String[]::new));
    for (TrialResult result : best(results)) {
      table.row(cells(result));
    }
    table.print(out);
    out.println("Wrote " + run.directory().root());
    out.println("Train it with: virus-mnist train --config " + file("best.json"));
  }

  private List<TrialResult> best(List<TrialResult> results) {
    List<TrialResult> best = plan.search().bestFirst(results);
    return best.subList(0, Math.min(SHOWN, best.size()));
  }

  private String[] cells(TrialResult result) {
    List<String> cells = new ArrayList<>();
    TrialScore score = result.score();
    String name = "%04d-%d.json".formatted(result.trial().number(), result.rung());
    TrialRow row = rows.get(name);
    cells.add(Integer.toString(result.trial().number()));
    cells.add(row == null ? "" : Integer.toString(row.epochs()));
    cells.addAll(result.trial().options().values());
    cells.add(score == null ? "diverged" : number(score.accuracy().mean()));
    cells.add(score == null ? "" : number(score.macroF1().mean()));
    cells.add(score == null ? "" : number(score.loss().mean()));
    return cells.toArray(String[]::new);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
