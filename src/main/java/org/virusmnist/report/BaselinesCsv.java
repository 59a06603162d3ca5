package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code baselines.csv}: {@code model,accuracy,macro_f1,balanced_accuracy,top3_accuracy,seconds}, a
 * classifier a row.
 */
public final class BaselinesCsv {
  private static final List<String> COLUMNS =
      List.of("model", "accuracy", "macro_f1", "balanced_accuracy", "top3_accuracy", "seconds");

  private BaselinesCsv() {}

  /**
   * Writes a whole file.
   *
   * @param file path of {@code baselines.csv}
   * @param scores the rows
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, List<BaselineScore> scores) throws IOException {
    CsvFile.write(
        file,
        printer -> {
          printer.printRecord(COLUMNS);
          for (BaselineScore score : scores) {
            printer.printRecord(
                score.model(),
                score.accuracy(),
                score.macroF1(),
                score.balancedAccuracy(),
                score.top3Accuracy(),
                score.seconds());
          }
        });
  }

  /**
   * Reads a file.
   *
   * @param file path of {@code baselines.csv}
   * @throws IOException if it cannot be read, or with file, line and column if a cell is wrong
   */
  public static List<BaselineScore> read(Path file) throws IOException {
    List<BaselineScore> scores = new ArrayList<>();
    CsvFile.read(
        file,
        COLUMNS,
        row ->
            scores.add(
                new BaselineScore(
                    row.text("model"),
                    row.real("accuracy"),
                    row.real("macro_f1"),
                    row.real("balanced_accuracy"),
                    row.real("top3_accuracy"),
                    row.real("seconds"))));
    return scores;
  }
}
