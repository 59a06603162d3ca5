package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code explanations.json}: which bytes drove some decisions.
 *
 * @param steps points on the way from black to the image
 * @param explains whose logits they are, where it is not the whole model; else empty
 * @param data the file that the rows are of; empty where a file of an earlier version does not say
 * @param dataSha256 its SHA-256 as {@code config.json} gives it; empty as before
 * @param rows the rows in the order they were asked for
 */
public record Explanations(
    int steps, String explains, String data, String dataSha256, List<Explanation> rows) {
  /** Copies the list. */
  public Explanations {
    rows = List.copyOf(rows);
  }

  /** Returns explanations of nothing. */
  public static Explanations none() {
    return new Explanations(0, "", "", "", List.of());
  }

  /**
   * Writes the file, replacing the one that is there.
   *
   * @param file path of {@code explanations.json}
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public void write(Path file) throws IOException {
    JsonFile.write(file, this);
  }

  /**
   * Reads a file, of an earlier version too.
   *
   * @param file path of {@code explanations.json}
   * @throws IOException if it cannot be read, or with its name if it is no such file
   */
  public static Explanations read(Path file) throws IOException {
    return JsonFile.read(file, Explanations.class, Map.of("data", "", "data_sha256", ""));
  }
}
