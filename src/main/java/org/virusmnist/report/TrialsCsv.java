package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.virusmnist.metrics.Spread;
import org.virusmnist.metrics.TrialScore;

/**
 * {@code trials.csv}: {@code trial,rung,epochs,seed}, the options searched over, then {@code
 * accuracy,macro_f1,loss} and, over folds, their standard deviations. A trial that diverged has no
 * scores.
 */
public final class TrialsCsv {
  private TrialsCsv() {}

  /**
   * Writes the file, replacing the one that is there.
   *
   * @param file path of {@code trials.csv}
   * @param options names of the options searched over
   * @param rows the trials in the order they ran
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, List<String> options, List<TrialRow> rows)
      throws IOException {
    CsvFile.write(
        file,
        printer -> {
          printer.printRecord(header(options));
          for (TrialRow row : rows) {
            printer.printRecord(cells(options, row));
          }
        });
  }

  private static List<String> header(List<String> options) {
    List<String> header = new ArrayList<>(List.of("trial", "rung", "epochs", "seed"));
    options.forEach(option -> header.add(SpreadsheetText.guard(option)));
    header.addAll(
        Arrays.asList(
            "accuracy",
            "macro_f1",
            "loss",
            "accuracy_deviation",
            "macro_f1_deviation",
            "loss_deviation"));
    return header;
  }

  private static List<Object> cells(List<String> options, TrialRow row) {
    List<Object> cells = new ArrayList<>(List.of(row.trial(), row.rung(), row.epochs()));
    cells.add(row.seed());
    options.forEach(
        option -> cells.add(SpreadsheetText.guard(row.options().getOrDefault(option, ""))));
    TrialScore score = row.score();
    if (score == null) {
      cells.addAll(List.of("", "", "", "", "", ""));
    } else {
      List<Spread> scores = List.of(score.accuracy(), score.macroF1(), score.loss());
      scores.forEach(spread -> cells.add(spread.mean()));
      scores.forEach(spread -> cells.add(spread.deviation()));
    }
    return cells;
  }
}
