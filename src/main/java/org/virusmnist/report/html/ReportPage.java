package org.virusmnist.report.html;

import java.io.IOException;
import java.nio.file.Path;
import org.virusmnist.report.RunValues;

/**
 * {@code report.html}: a run on one page that needs nothing but itself.
 *
 * <p>Styles, script, drawings and pictures are in the file; every value is escaped by the template.
 */
public final class ReportPage {
  private ReportPage() {}

  /**
   * Writes the page, replacing the one that is there.
   *
   * @param html path of the file
   * @param run everything the run's files say
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path html, RunValues run) throws IOException {
    Page.write(html, "report.jte", ReportView.of(run));
  }
}
