package org.virusmnist.report.html;

/**
 * One of the things a reader wants to know first.
 *
 * @param name what it is
 * @param value what it is in this run
 * @param note what to know about it
 * @param term its key in the {@link Glossary}, empty where the name explains itself
 * @param isWarning whether it is a reason for care
 */
record Tile(String name, String value, String note, String term, boolean isWarning) {
  Tile(String name, String value, String note) {
    this(name, value, note, "", false);
  }

  Tile(String name, String value, String note, boolean isWarning) {
    this(name, value, note, "", isWarning);
  }
}
