package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read is what was stored under that key, to the bit, or nothing. */
@Tag("native")
class FeatureCacheIT {
  private static final FeatureKey KEY =
      new FeatureKey("images", "base", Precision.FLOAT32, "CPU:0", 256);
  private static final int ROWS = 700;
  private static final int WIDTH = 500;

  @TempDir private Path directory;

  @Test
  void returnsWhatWasStored() throws IOException {
    store(KEY, 1);
    assertThat(read(KEY)).isEqualTo(values(1));
  }

  @Test
  void knowsNothingOfAnotherKey() throws IOException {
    store(KEY, 1);
    for (FeatureKey other :
        List.of(
            new FeatureKey("other", "base", Precision.FLOAT32, "CPU:0", 256),
            new FeatureKey("images", "other", Precision.FLOAT32, "CPU:0", 256),
            new FeatureKey("images", "base", Precision.BFLOAT16, "CPU:0", 256),
            new FeatureKey("images", "base", Precision.FLOAT32, "GPU:0", 256),
            new FeatureKey("images", "base", Precision.FLOAT32, "CPU:0", 128))) {
      assertThat(read(other)).as(other.toString()).isEmpty();
    }
  }

  @Test
  void knowsNothingBeforeAnythingIsStored() {
    assertThat(read(KEY)).isEmpty();
  }

  @Test
  void replacesWhatWasStoredBefore() throws IOException {
    store(KEY, 1);
    store(KEY, 2);
    assertThat(read(KEY)).isEqualTo(values(2));
  }

  @Test
  void refusesAnEntryOfAnotherShape() throws IOException {
    store(KEY, 1);
    try (Features fewer = new Features(ROWS - 1, WIDTH);
        Features wider = new Features(ROWS, WIDTH + 1)) {
      assertThat(cache().read(KEY, fewer)).isFalse();
      assertThat(cache().read(KEY, wider)).isFalse();
    }
  }

  @Test
  void refusesAnEntryOfAnotherKeyUnderThisName() throws IOException {
    FeatureKey other = new FeatureKey("other", "base", Precision.FLOAT32, "CPU:0", 256);
    store(other, 1);
    Path misnamed = entry();
    store(KEY, 2);
    Path file = entries().stream().filter(path -> !path.equals(misnamed)).findFirst().orElseThrow();
    Files.write(file, Files.readAllBytes(misnamed));
    assertThat(read(KEY)).isEmpty();
  }

  @Test
  void refusesADamagedEntryWhereverTheDamageIs() throws IOException {
    store(KEY, 1);
    byte[] whole = Files.readAllBytes(entry());
    for (int at = 0; at < whole.length; at += Math.max(1, at < 200 ? 7 : whole.length / 40)) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(entry(), damaged);
      assertThat(read(KEY)).as("damaged at " + at).isEmpty();
    }
    whole[whole.length - 1] ^= 1;
    Files.write(entry(), whole);
    assertThat(read(KEY)).as("damaged checksum").isEmpty();
  }

  @Test
  void refusesAnEntryThatIsCutOrHasMoreAtItsEnd() throws IOException {
    store(KEY, 1);
    byte[] whole = Files.readAllBytes(entry());
    for (int length : new int[] {0, 5, 100, whole.length / 2, whole.length - 1, whole.length + 1}) {
      Files.write(entry(), Arrays.copyOf(whole, length));
      assertThat(read(KEY)).as(length + " bytes").isEmpty();
    }
  }

  @Test
  void staysWithinItsBound() throws IOException {
    FeatureCache small = new FeatureCache(directory, ROWS * WIDTH * 4L * 3 / 2);
    try (Features features = filled(1)) {
      small.write(KEY, features);
      small.write(new FeatureKey("second", "base", Precision.FLOAT32, "CPU:0", 256), features);
    }
    assertThat(entries()).hasSize(1);
    assertThat(read(KEY)).isEmpty();
  }

  @Test
  void saysThatItCannotStore() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    try (Features features = filled(1)) {
      assertThatThrownBy(() -> new FeatureCache(file, 1 << 30).write(KEY, features))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void servesReadersWhileOthersStore() throws Exception {
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int seed = i % 2;
      work.add(
          () -> {
            store(KEY, seed);
            float[] read = read(KEY);
            return Arrays.equals(read, values(0)) || Arrays.equals(read, values(1));
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Boolean> result : threads.invokeAll(work)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void selectsRowsInTheChosenOrder() {
    try (Features features = filled(3);
        Features selected = features.select(new int[] {5, 0, 5})) {
      float[] all = values(3);
      float[] read = new float[3 * WIDTH];
      selected.read(0, read);
      assertThat(Arrays.copyOfRange(read, 0, WIDTH))
          .isEqualTo(Arrays.copyOfRange(all, 5 * WIDTH, 6 * WIDTH));
      assertThat(Arrays.copyOfRange(read, WIDTH, 2 * WIDTH))
          .isEqualTo(Arrays.copyOfRange(all, 0, WIDTH));
      assertThat(Arrays.copyOfRange(read, 2 * WIDTH, 3 * WIDTH))
          .isEqualTo(Arrays.copyOfRange(all, 5 * WIDTH, 6 * WIDTH));
      assertThatThrownBy(() -> features.select(new int[] {ROWS}))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private FeatureCache cache() {
    return new FeatureCache(directory, 1 << 30);
  }

  private void store(FeatureKey key, int seed) throws IOException {
    try (Features features = filled(seed)) {
      cache().write(key, features);
    }
  }

  /** Returns what the cache has, nothing where it has nothing. */
  private float[] read(FeatureKey key) {
    try (Features target = new Features(ROWS, WIDTH)) {
      if (!cache().read(key, target)) {
        return new float[0];
      }
      float[] values = new float[ROWS * WIDTH];
      target.read(0, values);
      return values;
    }
  }

  private static Features filled(int seed) {
    Features features = new Features(ROWS, WIDTH);
    features.write(0, values(seed));
    return features;
  }

  private static float[] values(int seed) {
    float[] values = new float[ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.37f + seed;
    }
    return values;
  }

  private Path entry() throws IOException {
    return entries().get(0);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(path -> path.toString().endsWith(".vmcache")).toList();
    }
  }
}
