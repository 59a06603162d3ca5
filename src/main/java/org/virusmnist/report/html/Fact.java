package org.virusmnist.report.html;

/**
 * Something worth knowing.
 *
 * @param name what it is
 * @param value what it is in this run
 * @param note what to know about it; may be empty
 */
record Fact(String name, String value, String note) {
  Fact(String name, String value) {
    this(name, value, "");
  }
}
