package org.virusmnist.cli.input;

import java.nio.file.Path;

/** Names of files that belong to a CSV and lie beside it. */
public final class BesideCsv {
  private BesideCsv() {}

  /** Returns {@code DIR/NAME.ENDING} for {@code DIR/NAME.csv} and {@code DIR/NAME.csv.gz}. */
  public static Path of(Path csv, String ending) {
    return csv.resolveSibling(stem(csv) + "." + ending);
  }

  /** Returns the name of a CSV without its ending. */
  public static String stem(Path csv) {
    return String.valueOf(csv.getFileName()).replaceFirst("\\.csv(\\.gz)?$", "");
  }
}
