package org.virusmnist.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory stays within its bound and never touches a file that is not its own. */
final class CacheDirectoryTest {
  @TempDir private Path directory;

  private long seconds = 1000;
  private final InstantSource clock = () -> Instant.ofEpochSecond(seconds++);

  @Test
  void findsWhatWasStored() throws IOException {
    CacheDirectory cache = cache(100);
    store(cache, "a", 10);
    assertThat(Objects.requireNonNull(cache.find("a"))).hasSize(10);
    assertThat(cache.find("b")).isNull();
  }

  @Test
  void makesItsDirectoryWhenSomethingIsStored() throws IOException {
    Path missing = directory.resolve("cache/virus-mnist");
    CacheDirectory cache = new CacheDirectory(missing, 100);
    assertThat(cache.find("a")).isNull();
    assertThat(missing).doesNotExist();
    store(cache, "a", 1);
    assertThat(cache.find("a")).exists();
  }

  @Test
  void replacesAnEntryOfTheSameName() throws IOException {
    CacheDirectory cache = cache(100);
    store(cache, "a", 10);
    store(cache, "a", 20);
    assertThat(Objects.requireNonNull(cache.find("a"))).hasSize(20);
    assertThat(names()).containsExactly("a.vmcache");
  }

  @Test
  void deletesTheLeastRecentlyUsedFirst() throws IOException {
    CacheDirectory cache = cache(30);
    store(cache, "a", 10);
    store(cache, "b", 10);
    store(cache, "c", 10);
    age("a", 3);
    age("b", 2);
    age("c", 1);
    assertThat(cache.find("a")).isNotNull(); // used now, so b is the oldest
    store(cache, "d", 10);
    assertThat(names()).containsExactly("a.vmcache", "c.vmcache", "d.vmcache");
  }

  @Test
  void deletesAnEntryThatAloneIsTooLargeAfterAllOthers() throws IOException {
    CacheDirectory cache = cache(15);
    store(cache, "a", 10);
    store(cache, "b", 16);
    assertThat(names()).isEmpty();
  }

  @Test
  void keepsTheNewestEntryWhenTimesAreEqual() throws IOException {
    CacheDirectory cache = cache(10);
    store(cache, "a", 10);
    Files.setLastModifiedTime(directory.resolve("a.vmcache"), FileTime.from(Instant.MAX));
    store(cache, "b", 10);
    assertThat(names()).containsExactly("b.vmcache");
  }

  @Test
  void deletesTemporaryFilesThatKilledProcessesLeft() throws IOException {
    Path left = directory.resolve(".a.vmcache.0123456789abcdef.tmp");
    Files.write(left, new byte[10]);
    Files.setLastModifiedTime(left, FileTime.fromMillis(0));
    store(cache(15), "b", 10);
    assertThat(names()).containsExactly("b.vmcache");
  }

  @Test
  void leavesFilesOfOthersAlone() throws IOException {
    Files.write(directory.resolve("thesis.pdf"), new byte[100]);
    Files.write(directory.resolve(".a.vmcache.0123.tmp"), new byte[100]);
    Files.createDirectory(directory.resolve("photos.vmcache"));
    store(cache(5), "a", 10);
    assertThat(names()).containsExactly(".a.vmcache.0123.tmp", "photos.vmcache", "thesis.pdf");
  }

  @Test
  void keepsAnOldEntryWhenTheWriterFails() throws IOException {
    CacheDirectory cache = cache(100);
    store(cache, "a", 10);
    AtomicFile.OutputWriter failing =
        out -> {
          throw new IOException("disk full");
        };
    assertThatThrownBy(() -> cache.store("a", failing)).hasMessage("disk full");
    assertThat(names()).containsExactly("a.vmcache");
  }

  @Test
  void skipsADanglingLinkAmongItsFiles() throws IOException {
    Files.createSymbolicLink(directory.resolve("x.vmcache"), directory.resolve("gone"));
    store(cache(100), "a", 10);
    assertThat(names()).containsExactly("a.vmcache", "x.vmcache");
  }

  @Test
  void refusesNamesThatLeaveTheDirectory() {
    for (String name : List.of("", "../a", "a/b", ".hidden", "a.b")) {
      assertThatThrownBy(() -> cache(1).find(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("'" + name + "' is not a name of letters and digits");
    }
  }

  @Test
  void refusesANegativeBound() {
    assertThatThrownBy(() -> cache(-1)).hasMessage("maxBytes (-1) must not be negative");
  }

  private CacheDirectory cache(long maxBytes) {
    return new CacheDirectory(directory, maxBytes, clock);
  }

  private static void store(CacheDirectory cache, String name, int bytes) throws IOException {
    cache.store(name, out -> out.write(new byte[bytes]));
  }

  /** Sets the last use so many seconds before the clock's start. */
  private void age(String name, long before) throws IOException {
    FileTime time = FileTime.from(Instant.ofEpochSecond(1000 - before));
    Files.setLastModifiedTime(directory.resolve(name + ".vmcache"), time);
  }

  private List<String> names() {
    return Arrays.stream(Objects.requireNonNull(directory.toFile().list())).sorted().toList();
  }
}
