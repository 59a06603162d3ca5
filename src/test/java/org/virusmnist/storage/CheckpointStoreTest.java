package org.virusmnist.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the newest checkpoint, the one before it can be read. */
class CheckpointStoreTest {
  @TempDir private Path root;
  private Path directory;
  private final List<String> skipped = new ArrayList<>();

  @BeforeEach
  void name() {
    directory = root.resolve("checkpoints");
  }

  @Test
  void findsNothingWhereNothingWasWritten() throws IOException {
    assertThat(store().newest(skipped::add)).isEmpty();
    assertThat(skipped).isEmpty();
  }

  @Test
  void findsTheNewest() throws IOException {
    write(1, false);
    write(2, false);

    assertThat(newest()).isEqualTo(2);
    assertThat(directory.resolve("LATEST")).hasContent("000002\n");
    assertThat(skipped).isEmpty();
  }

  @Test
  void keepsTheNewestTwoAndTheBest() throws IOException {
    for (int i = 1; i <= 6; i++) {
      write(i, i == 1 || i == 3);
    }

    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("000003", "000005", "000006", "BEST", "LATEST");
    assertThat(directory.resolve("BEST")).hasContent("000003\n");
  }

  @Test
  void goesOnCountingAfterSixDigits() throws IOException {
    Files.createDirectories(directory.resolve("999999"));
    write(7, false);

    assertThat(directory.resolve("1000000")).isDirectory();
    assertThat(newest()).isEqualTo(7);
  }

  @Test
  void discardsWhatMustNotBeResumedFrom() throws IOException {
    write(1, false);
    Path bad = write(2, false);
    store().discard(bad);

    assertThat(newest()).isEqualTo(1);
    assertThat(directory.resolve("LATEST")).hasContent("000001\n");
    assertThat(skipped).isEmpty();
  }

  @Test
  void discardsTheOnlyOne() throws IOException {
    Path only = write(1, false);
    store().discard(only);

    assertThat(store().newest(skipped::add)).isEmpty();
  }

  @Test
  void refusesToKeepLessThanTwo() {
    assertThatThrownBy(() -> new CheckpointStore(directory, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoints kept is 1, expected 2 or more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights", "state", "SHA256SUMS"})
  void noticesEveryFileThatIsCutShortChangedOrMissing(String name) throws IOException {
    write(1, false);
    Path file = write(2, false).resolve(name);
    byte[] whole = Files.readAllBytes(file);

    int stride = 1 + whole.length / 40;
    for (int length = 0; length < whole.length; length += stride) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertFallsBack(name + " of " + length + " bytes");
    }
    for (int bit = 0; bit < 8 * whole.length; bit += stride) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      assertFallsBack(name + " with bit " + bit + " flipped");
    }
    Files.delete(file);
    assertFallsBack(name + " missing");
    Files.write(file, whole);
    assertThat(newest()).isEqualTo(2);
  }

  private void assertFallsBack(String what) throws IOException {
    skipped.clear();
    assertThat(newest()).as(what).isEqualTo(1);
    assertThat(skipped).hasSize(1);
    assertThat(skipped.get(0)).startsWith("checkpoint " + directory.resolve("000002"));
  }

  @Test
  void saysWhatIsDamaged() throws IOException {
    write(1, false);
    Path newest = write(2, false);
    Files.writeString(newest.resolve("weights"), "others");
    assertThat(problem()).endsWith(" 'weights' has another SHA-256 than when it was written");
    Files.delete(newest.resolve("weights"));
    assertThat(problem()).endsWith(" 'weights' is missing");
    Files.writeString(newest.resolve("weights"), "weights of 2");
    Files.writeString(newest.resolve("stranger"), "x");
    assertThat(problem()).endsWith(" 'stranger' is not listed in SHA256SUMS");
    Files.delete(newest.resolve("stranger"));
    Files.writeString(newest.resolve("SHA256SUMS"), "x");
    assertThat(problem()).endsWith(" SHA256SUMS is damaged");
    Files.write(newest.resolve("SHA256SUMS"), new byte[] {(byte) 0xff});
    assertThat(problem()).endsWith(" SHA256SUMS is damaged");
  }

  private String problem() throws IOException {
    skipped.clear();
    assertThat(newest()).isEqualTo(1);
    return skipped.get(0);
  }

  @Test
  void noticesThatTheNewestIsGone() throws IOException {
    write(1, false);
    AtomicDirectory.delete(write(2, false));

    assertThat(newest()).isEqualTo(1);
    assertThat(skipped).containsExactly("LATEST names '000002', which is not there");
  }

  @Test
  void readsTheNewestWithoutItsPointers() throws IOException {
    write(1, true);
    write(2, false);
    Files.delete(directory.resolve("LATEST"));
    Files.delete(directory.resolve("BEST"));

    assertThat(newest()).isEqualTo(2);
    write(3, false);
    assertThat(newest()).isEqualTo(3);
  }

  /**
   * Fails the n-th change on the disk, for every n of a run of three checkpoints, then reads and
   * goes on as the next process would.
   */
  @ParameterizedTest
  @ValueSource(strings = {"fails", "stops"})
  void keepsTheCheckpointBeforeWhateverTheStep(String how) throws IOException {
    int steps = 0;
    for (boolean isDone = false; !isDone; steps++) {
      AtomicDirectory.delete(directory);
      Disk disk = new Disk(steps, how.equals("stops"));
      CheckpointStore faulty = new CheckpointStore(FaultyFileSystem.wrap(directory, disk), 2);
      int written = 0;
      try {
        for (int i = 1; i <= 3; i++) {
          write(faulty, i, i == 1);
          written = i;
        }
        isDone = disk.last.isEmpty();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("no space left");
      }
      store().deleteUnfinished();
      if (written > 0) {
        assertThat(newest()).as("after %s", disk.last).isBetween(written, written + 1);
      }
      assertThat(skipped).as("after %s", disk.last).isEmpty();
      write(9, false);
      assertThat(newest()).isEqualTo(9);
      assertThat(names()).allMatch(name -> name.matches("\\d{6}|LATEST|BEST"));
    }
    assertThat(steps).isGreaterThan(40);
  }

  /** A disk on which one change fails, or after which nothing changes any more. */
  private static final class Disk implements FaultyFileSystem.Step {
    private final boolean staysDead;
    private int left;
    private String last = "";

    Disk(int left, boolean staysDead) {
      this.left = left;
      this.staysDead = staysDead;
    }

    @Override
    public void before(String change) throws IOException {
      boolean fails = left == 0 || (left < 0 && staysDead);
      left--;
      if (fails) {
        last = last.isEmpty() ? change : last;
        throw new IOException("no space left on device: " + change);
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }

  private CheckpointStore store() {
    return new CheckpointStore(directory, 2);
  }

  private Path write(int number, boolean isBest) throws IOException {
    return write(store(), number, isBest);
  }

  private static Path write(CheckpointStore store, int number, boolean isBest) throws IOException {
    return store.write(
        isBest,
        target -> {
          Files.writeString(target.resolve("weights"), "weights of " + number, UTF_8);
          Files.writeString(target.resolve("state"), "" + number, UTF_8);
        });
  }

  private int newest() throws IOException {
    Path newest = store().newest(skipped::add).orElseThrow();
    assertThat(newest.resolve("weights"))
        .hasContent("weights of " + Files.readString(newest.resolve("state")));
    return Integer.parseInt(Files.readString(newest.resolve("state")));
  }
}
