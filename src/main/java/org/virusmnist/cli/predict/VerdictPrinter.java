package org.virusmnist.cli.predict;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.Printable;
import org.virusmnist.imaging.FileImage;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.metrics.VerdictRule;
import org.virusmnist.metrics.VerdictRule.Verdict;
import org.virusmnist.report.ConfigJson;

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

  /** Returns a file as JSON on one line. */
  static String json(FileImage image, @Nullable Verdict verdict) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("file", image.file().path());
    if (verdict != null) {
      record.put("verdict", verdict.text());
      record.put("label", verdict.label());
      record.put("calibrated_probability", verdict.probability());
    } else if (image instanceof Skipped file) {
      record.put("skipped", file.reason());
    }
    return ConfigJson.line(record);
  }

  private void line(String verdict, String probability, String name, String remark) {
    out.println(String.format(Locale.ROOT, format, verdict, probability, name, remark));
  }
}
