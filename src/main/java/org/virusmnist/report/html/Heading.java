package org.virusmnist.report.html;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.virusmnist.report.RunValues;

/**
 * What the page is about.
 *
 * @param title of the page
 * @param introduction the task and the data, for a reader who never saw either
 */
record Heading(String title, String introduction) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  static Heading of(RunValues run) {
    boolean isFolded = run.details().crossValidation().isPresent();
    String title =
        "virus-mnist: %s report, run %s"
            .formatted(isFolded ? "cross-validation" : "training", run.name());
    return new Heading(title + date(run), introduction(run, isFolded));
  }

  private static String date(RunValues run) {
    try {
      String started = run.config().at("started").text();
      return started.isEmpty() ? "" : ", " + OffsetDateTime.parse(started).format(DATE);
    } catch (DateTimeException e) {
      return "";
    }
  }

  private static String introduction(RunValues run, boolean isFolded) {
    long rows = run.result().evaluation().rows();
    return "A model was trained to sort executables into %s and scored on %s. It sees a program as a grey picture of 32 × 32 pixels: %s."
        .formatted(
            Words.classes(run.classNames().size()),
            isFolded
                ? "%s, each held out once".formatted(Text.rows(rows))
                : Text.rows(rows) + " it was not trained on",
            pixels(run.config().at("image_recipe").text()));
  }

  private static String pixels(String recipe) {
    return switch (recipe) {
      case "header" -> "the first 1,024 bytes of the file, a byte a pixel";
      case "code" ->
          "the first 1,024 bytes of the section that holds the entry point, a byte a pixel";
      case "thumbnail" -> "all of the file, scaled to that size";
      default -> "1,024 bytes, a byte a pixel; which bytes of the file is not recorded";
    };
  }
}
