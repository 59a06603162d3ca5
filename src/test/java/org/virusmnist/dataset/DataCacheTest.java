package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.storage.CacheDirectory;

/** Whatever is in the cache, a read returns what the CSV file says now. */
final class DataCacheTest {
  private static final int CLASSES = 10;

  @TempDir private Path directory;

  @Test
  void readsTheSameImagesFromTheCache() throws IOException {
    Path file = csv(CsvText.valid().hash(2, ""));
    CachedImages first = read(file);
    CachedImages second = read(file);
    assertThat(first.fromCache()).isFalse();
    assertThat(first.notStored()).isNull();
    assertThat(second.fromCache()).isTrue();
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).hasSize(64);
    TestImages.requireEqual(second.images(), first.images());
    assertThat(second.images().source()).isEqualTo(file.toString());
  }

  @Test
  void keepsSetsOfEveryKind() throws IOException {
    List<CsvText> kinds =
        List.of(
            CsvText.valid().removeColumn(0),
            CsvText.valid().removeColumn(1025),
            CsvText.valid().removeColumn(1025).removeColumn(0),
            CsvText.valid().hash(1, "").hash(2, "").hash(3, ""),
            CsvText.of(600, ImageSet.PIXELS));
    for (CsvText kind : kinds) {
      Path file = csv(kind);
      CachedImages first = cache().read(file, CLASSES, Labels.OPTIONAL);
      CachedImages second = cache().read(file, CLASSES, Labels.OPTIONAL);
      assertThat(second.fromCache()).isTrue();
      TestImages.requireEqual(second.images(), first.images());
    }
  }

  @Test
  void findsTheContentUnderAnotherName() throws IOException {
    read(csv(CsvText.valid()));
    Path copy = Files.write(directory.resolve("copy.csv"), CsvText.valid().bytes());
    CachedImages images = read(copy);
    assertThat(images.fromCache()).isTrue();
    assertThat(images.images().source()).isEqualTo(copy.toString());
  }

  @Test
  void seesAChangeOfEqualSizeAndTime() throws IOException {
    Path file = csv(CsvText.valid().label(1, "3"));
    FileTime time = Files.getLastModifiedTime(file);
    read(file);
    csv(CsvText.valid().label(1, "4"));
    Files.setLastModifiedTime(file, time);
    CachedImages changed = read(file);
    assertThat(changed.fromCache()).isFalse();
    assertThat(changed.images().label(0)).isEqualTo(4);
  }

  @Test
  void keepsNothingOfAFileThatChangesWhileItIsRead() throws IOException {
    Path file = csv(CsvText.valid());
    int[] calls = {0};
    CacheDirectory entries = new CacheDirectory(directory.resolve("cache"), 1 << 20);
    DataCache cache = new DataCache(entries, read -> "hash" + calls[0]++);
    CachedImages images = cache.read(file, CLASSES, Labels.REQUIRED);
    assertThat(images.images().size()).isEqualTo(3);
    assertThat(images.fingerprint()).isNull();
    assertThat(images.notStored()).hasMessage(file + ": changed while it was read");
    assertThat(directory.resolve("cache")).doesNotExist();
  }

  @Test
  void namesAFileThatCannotBeHashed() throws IOException {
    Path file = csv(CsvText.valid());
    CacheDirectory entries = new CacheDirectory(directory.resolve("cache"), 1 << 20);
    DataCache cache =
        new DataCache(
            entries,
            read -> {
              throw new IOException("Input/output error");
            });
    assertThatThrownBy(() -> cache.read(file, CLASSES, Labels.REQUIRED))
        .hasMessage(file + ": cannot be read (Input/output error).");
  }

  @Test
  void replacesADamagedEntryWhereverItIsDamaged() throws IOException {
    Path file = csv(CsvText.valid());
    ImageSet expected = read(file).images();
    long size = Files.size(entry());
    for (long at = 0; at < size; at += at < 150 || at > size - 12 ? 1 : 97) {
      flipBit(entry(), at);
      CachedImages images = read(file);
      assertThat(images.fromCache()).as("byte %d", at).isFalse();
      TestImages.requireEqual(images.images(), expected);
      assertThat(read(file).fromCache()).as("byte %d, stored anew", at).isTrue();
    }
  }

  @Test
  void replacesAnEntryThatIsCutOrTooLong() throws IOException {
    Path file = csv(CsvText.valid());
    read(file);
    byte[] whole = Files.readAllBytes(entry());
    for (int length : new int[] {0, 7, 50, 90, 1000, whole.length - 1, whole.length + 1}) {
      Files.write(entry(), Arrays.copyOf(whole, length));
      assertThat(read(file).fromCache()).as("%d bytes", length).isFalse();
      assertThat(entry()).hasBinaryContent(whole);
    }
  }

  @Test
  void doesNotTakeAnEntryThatWasRenamed() throws IOException {
    Path file = csv(CsvText.valid().label(1, "3"));
    read(file);
    Path old = entry();
    csv(CsvText.valid().label(1, "4"));
    read(file);
    Path current = entries().stream().filter(path -> !path.equals(old)).findAny().orElseThrow();
    Files.copy(old, current, StandardCopyOption.REPLACE_EXISTING);
    assertThat(read(file).images().label(0)).isEqualTo(4);
  }

  @Test
  void refusesWhatParsingRefuses() throws IOException {
    Path labelled = csv(CsvText.valid());
    read(labelled);
    assertThatThrownBy(() -> cache().read(labelled, 9, Labels.REQUIRED))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(labelled + ":4: label is '9', expected an integer from 0 to 8");
    Path unlabelled = csv(CsvText.valid().removeColumn(0));
    cache().read(unlabelled, CLASSES, Labels.OPTIONAL);
    assertThatThrownBy(() -> cache().read(unlabelled, CLASSES, Labels.REQUIRED))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("column 'label' is missing");
  }

  @Test
  void keepsNothingOfAnInvalidFile() throws IOException {
    Path file = csv(CsvText.valid().cell(3, 1, "x"));
    assertThatThrownBy(() -> read(file)).isInstanceOf(DatasetFormatException.class);
    assertThat(directory.resolve("cache")).doesNotExist();
  }

  @Test
  void tellsGzipDataByItsNameAsParsingDoes() throws IOException {
    Path packed = Files.write(directory.resolve("a.csv.gz"), CsvText.valid().gzip());
    assertThat(read(packed).images().size()).isEqualTo(3);
    assertThat(read(packed).fromCache()).isTrue();
    Path renamed = Files.copy(packed, directory.resolve("b.csv"));
    assertThatThrownBy(() -> read(renamed)).isInstanceOf(DatasetFormatException.class);
  }

  @Test
  void readsWithoutACacheThatCannotBeWritten() throws IOException {
    Path blocked = Files.createFile(directory.resolve("file"));
    Path file = csv(CsvText.valid());
    DataCache cache = new DataCache(blocked, DataCache.DEFAULT_MAX_BYTES);
    CachedImages images = cache.read(file, CLASSES, Labels.REQUIRED);
    assertThat(images.images().size()).isEqualTo(3);
    assertThat(images.notStored()).isNotNull();
    assertThat(cache.read(file, CLASSES, Labels.REQUIRED).fromCache()).isFalse();
  }

  @Test
  void staysWithinItsBound() throws IOException {
    DataCache small = new DataCache(directory.resolve("cache"), 5000);
    small.read(csv(CsvText.valid().label(1, "3")), CLASSES, Labels.REQUIRED);
    small.read(csv(CsvText.valid().label(1, "4")), CLASSES, Labels.REQUIRED);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void saysThatAFileIsMissing() {
    Path missing = directory.resolve("missing.csv");
    assertThatThrownBy(() -> read(missing))
        .isInstanceOf(IOException.class)
        .hasMessage(missing + ": no such file. Check the path.");
  }

  @Test
  void servesSeveralReadersAtOnce() throws Exception {
    Path file = csv(CsvText.of(300, ImageSet.PIXELS));
    ImageSet expected = ImageCsv.read(file, CLASSES);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<CachedImages>> reads = Collections.nCopies(16, () -> read(file));
      for (Future<CachedImages> read : threads.invokeAll(reads)) {
        TestImages.requireEqual(read.get().images(), expected);
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    assertThat(directory.resolve("cache").toFile().list()).hasSize(1);
  }

  private CachedImages read(Path file) throws IOException {
    return cache().read(file, CLASSES, Labels.REQUIRED);
  }

  private DataCache cache() {
    return new DataCache(directory.resolve("cache"), DataCache.DEFAULT_MAX_BYTES);
  }

  private Path csv(CsvText text) throws IOException {
    return Files.write(directory.resolve("a.csv"), text.bytes());
  }

  private Path entry() throws IOException {
    assertThat(entries()).hasSize(1);
    return entries().get(0);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> paths = Files.list(directory.resolve("cache"))) {
      return paths.toList();
    }
  }

  private static void flipBit(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int value = bytes.read();
      bytes.seek(at);
      bytes.write(value ^ (1 << (at % 8)));
    }
  }
}
