package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small data sets in the Virus-MNIST format: stripes whose steepness is the class. */
public final class SampleCsv {
  private SampleCsv() {}

  public static Path write(Path file, int rows) throws IOException {
    return write(file, rows, true, true);
  }

  public static Path write(Path file, int rows, boolean hasLabels, boolean hasHashes)
      throws IOException {
    StringBuilder text = new StringBuilder(hasLabels ? "label" : "");
    for (int i = 1; i <= 1024; i++) {
      text.append(text.isEmpty() ? "" : ",").append("pixel").append(i);
    }
    text.append(hasHashes ? ",hash\n" : "\n");
    for (int row = 0; row < rows; row++) {
      appendRow(text, row, hasLabels, hasHashes);
    }
    return Files.writeString(file, text);
  }

  private static void appendRow(StringBuilder text, int row, boolean hasLabels, boolean hasHashes) {
    int label = row % 10;
    StringBuilder line = new StringBuilder(hasLabels ? Integer.toString(label) : "");
    for (int i = 0; i < 1024; i++) {
      int value = (i / 32 * (7 + 20 * label) + i % 32 * (3 + label) + row) % 256;
      line.append(line.isEmpty() ? "" : ",").append(value);
    }
    text.append(line).append(hasHashes ? ",%032x\n".formatted(row) : "\n");
  }
}
