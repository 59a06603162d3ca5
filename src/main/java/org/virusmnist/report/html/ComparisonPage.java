package org.virusmnist.report.html;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.virusmnist.report.RunValues;

/** Several runs side by side on one page that needs nothing but itself. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /**
   * Writes the page, replacing the one that is there.
   *
   * @param html path of the file
   * @param runs at least one run, in the order of the columns
   * @throws IOException if it cannot be written; the file is then as it was
   * @throws IllegalArgumentException if there is no run
   */
  public static void write(Path html, List<RunValues> runs) throws IOException {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("no runs to compare");
    }
    Page.write(html, "comparison.jte", ComparisonView.of(runs));
  }
}
