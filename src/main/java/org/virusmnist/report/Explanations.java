package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code explanations.json}: which bytes drove some decisions.
 *
 * @param steps points on the way from black to the image
 * @param explains whose logits they are, where it is not the whole model; else empty
 * @param rows the rows in the order they were asked for
 */
public record Explanations(int steps, String explains, List<Explanation> rows) {
  /** Copies the list. */
  public Explanations {
    rows = List.copyOf(rows);
  }

  /** Returns explanations of nothing. */
  public static Explanations none() {
    return new Explanations(0, "", List.of());
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
   * Reads a file.
   *
   * @param file path of {@code explanations.json}
   * @throws IOException if it cannot be read, or with its name if it is no such file
   */
  public static Explanations read(Path file) throws IOException {
    return JsonFile.read(file, Explanations.class);
  }
}
