package org.virusmnist.model;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.model.SessionSettings.Device;

/**
 * Trains and predicts for long and prints the size of the process: a line {@code calls kilobytes}
 * each, for head steps first, one to a call, then for predicted batches of 8.
 */
final class LeakSoak implements AutoCloseable {
  private static final int ROWS = 64;
  private static final int BATCH = 8;

  private final ClassifierModel model;
  private final Features features;
  private final ImageSet images;
  private final int[] labels = new int[ROWS];

  /** Takes a model over. */
  LeakSoak(ClassifierModel model) {
    this.model = model;
    byte[] pixels = new byte[1024 * ROWS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    Arrays.setAll(labels, row -> row % 10);
    this.images = ImageSet.of(pixels, labels);
    this.features = model.newFeatures(ROWS);
    model.features(images, 0, ROWS, features);
    model.initialize(1);
  }

  /**
   * Runs.
   *
   * @param arguments a SavedModel, steps, batches, after how many to print a line, and the threads
   *     of the session, by default TensorFlow's own choice
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int every = Integer.parseInt(arguments[3]);
    SavedModelFile file = SavedModelFile.read(Path.of(arguments[0]));
    SessionSettings settings = SessionSettings.on(Device.CPU);
    if (arguments.length > 4) {
      settings = settings.withThreads(Integer.parseInt(arguments[4]));
    }
    try (LeakSoak soak = new LeakSoak(ClassifierModel.open(file, settings))) {
      out.println("head steps");
      repeat(soak::step, Integer.parseInt(arguments[1]), every, out);
      out.println("predicted batches");
      repeat(soak::predict, Integer.parseInt(arguments[2]), every, out);
    }
  }

  /** Trains the head by one step. */
  void step(int number) {
    int[] rows = new int[32];
    Arrays.setAll(rows, i -> (number + i) % ROWS);
    float[] rate = {0.001f};
    model.trainHead(features, labels, new HeadSteps(rows, rate, Regularization.none(10), 1));
  }

  /** Predicts a batch. */
  void predict(int number) {
    model.predict(images, number % (ROWS / BATCH) * BATCH, BATCH);
  }

  private static void repeat(IntConsumer call, int times, int every, PrintStream out)
      throws IOException {
    for (int i = 0; i < times; i++) {
      call.accept(i);
      if (i % every == 0) {
        out.println(i + " " + kilobytes());
      }
    }
  }

  private static String kilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .findFirst()
        .orElseThrow()
        .replaceAll("[^0-9]", "");
  }

  @Override
  public void close() {
    features.close();
    model.close();
  }
}
