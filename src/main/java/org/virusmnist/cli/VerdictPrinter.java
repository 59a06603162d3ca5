package org.virusmnist.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.virusmnist.imaging.FileImage;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.metrics.VerdictRule;
import org.virusmnist.metrics.VerdictRule.Verdict;

/** Prints a line for every file: verdict, calibrated probability, name. */
final class VerdictPrinter {
  private static final String SKIPPED = "skipped";

  private final PrintWriter out;
  private final List<String> classNames;
  private final String format;

  VerdictPrinter(PrintWriter out, List<String> classNames) {
    this.out = out;
    this.classNames = classNames;
    int longest = classNames.stream().mapToInt(String::length).max().orElse(0);
    this.format = "%-" + Math.max(longest, SKIPPED.length()) + "s  %5s  %s%s";
  }

  /** Prints a file; {@code verdict} is null for one that was skipped. */
  void print(FileImage image, @Nullable Verdict verdict) {
    String name = Printable.of(image.file().path());
    if (verdict != null) {
      String best =
          VerdictRule.UNSURE.equals(verdict.text()) ? classNames.get(verdict.label()) : "";
      line(
          verdict.text(),
          String.format(Locale.ROOT, "%.3f", verdict.probability()),
          name,
          best.isEmpty() ? "" : " (rather " + best + ")");
    } else if (image instanceof Skipped file) {
      line(SKIPPED, "", name, " " + Printable.of(file.reason()));
    }
  }

  private void line(String verdict, String probability, String name, String remark) {
    out.println(String.format(Locale.ROOT, format, verdict, probability, name, remark));
  }
}
