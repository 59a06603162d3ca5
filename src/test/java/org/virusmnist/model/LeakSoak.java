package org.virusmnist.model;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.model.SessionSettings.Device;

/**
 * Trains and predicts for long and prints the size of the process: a line {@code calls kilobytes}
 * each, for head steps first, one to a call, then for predicted batches of 8.
 */
final class LeakSoak {
  private static final int ROWS = 64;

  private LeakSoak() {}

  /**
   * Runs.
   *
   * @param arguments a SavedModel, steps, batches, and after how many to print a line
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int every = Integer.parseInt(arguments[3]);
    byte[] pixels = new byte[1024 * ROWS];
    int[] labels = new int[ROWS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    Arrays.setAll(labels, row -> row % 10);
    ImageSet images = ImageSet.of(pixels, labels);
    SavedModelFile file = SavedModelFile.read(Path.of(arguments[0]));
    try (ClassifierModel model = ClassifierModel.open(file, SessionSettings.on(Device.CPU));
        Features features = model.newFeatures(ROWS)) {
      model.features(images, 0, ROWS, features);
      model.initialize(1);
      out.println("head steps");
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        model.trainHead(features, labels, step(i));
        print(out, i, every);
      }
      out.println("predicted batches");
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        model.predict(images, i % 8 * 8, 8);
        print(out, i, every);
      }
    }
  }

  private static HeadSteps step(int number) {
    int[] rows = new int[32];
    Arrays.setAll(rows, i -> (number + i) % ROWS);
    return new HeadSteps(rows, new float[] {0.001f}, Regularization.none(10), 1);
  }

  private static void print(PrintStream out, int calls, int every) throws IOException {
    if (calls % every == 0) {
      String size =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      out.println(calls + " " + size.replaceAll("[^0-9]", ""));
    }
  }
}
