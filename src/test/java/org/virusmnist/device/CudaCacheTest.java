package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaCacheTest {
  private static final int BYTES = 100_000;

  @TempDir private Path directory;
  private Path jar = Path.of("");
  private Path root = Path.of("");

  @BeforeEach
  void makeJar() throws IOException {
    jar = directory.resolve("cuda-1-linux-x86_64-redist.jar");
    root = directory.resolve("cache");
    writeJar("");
  }

  private void writeJar(String without) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (CudaLibrary library : CudaLibrary.IN_LOAD_ORDER) {
        if (!library.soname().equals(without)) {
          zip.putNextEntry(new ZipEntry(NativeBuild.CUDA_DIRECTORY + library.soname()));
          zip.write(content(library));
        }
      }
    }
  }

  private static byte[] content(CudaLibrary library) {
    byte[] bytes = new byte[BYTES];
    Arrays.fill(bytes, (byte) library.soname().hashCode());
    return bytes;
  }

  private CudaCache cache() {
    return new CudaCache(jar, root, anywhere -> Long.MAX_VALUE);
  }

  private void assertWhole(List<Path> files) throws IOException {
    assertThat(files)
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactlyElementsOf(
            CudaLibrary.IN_LOAD_ORDER.stream().map(CudaLibrary::soname).toList());
    for (CudaLibrary library : CudaLibrary.IN_LOAD_ORDER) {
      assertThat(cache().directory().resolve(library.soname())).hasBinaryContent(content(library));
    }
    assertThat(cache().directory()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void extractsEveryLibraryInLoadOrder() throws IOException {
    assertThat(cache().isComplete()).isFalse();

    assertWhole(cache().extract());

    assertThat(cache().isComplete()).isTrue();
    assertThat(cache().directory()).isEqualTo(root.resolve("cuda-1-linux-x86_64-redist"));
  }

  @Test
  void extractsNothingTwice() throws IOException {
    cache().extract();
    Path file = cache().directory().resolve("libcudart.so.12");
    Object before = Files.readAttributes(file, "unix:ino").get("ino");

    cache().extract();

    assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(before);
  }

  /** Models of an ensemble are opened by a thread each. */
  @Test
  void letsThreadsOfOneProcessWaitForEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CountDownLatch secondHasBegun = new CountDownLatch(1);
    try {
      CudaCache slow =
          new CudaCache(
              jar,
              root,
              anywhere -> {
                await(secondHasBegun);
                return Long.MAX_VALUE;
              });
      Future<List<Path>> first = threads.submit(slow::extract);
      Future<List<Path>> second =
          threads.submit(
              () -> {
                secondHasBegun.countDown();
                return cache().extract();
              });

      assertWhole(first.get());
      assertWhole(second.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void repairsWhatAnInterruptedExtractionLeft() throws IOException {
    cache().extract();
    Path own = cache().directory();
    Files.delete(own.resolve("libcudnn.so.9"));
    Files.write(own.resolve("libcublas.so.12"), new byte[BYTES / 2]);
    Files.write(own.resolve(".libcufft.so.11.0123456789abcdef.tmp"), new byte[10]);

    assertThat(cache().isComplete()).isFalse();
    assertWhole(cache().extract());
  }

  @Test
  void asksForRoomBeforeItWrites() {
    CudaCache full = new CudaCache(jar, root, anywhere -> 1L << 20);

    assertThatThrownBy(full::extract)
        .isInstanceOf(IOException.class)
        .hasMessage(
            full.directory()
                + ": 1 MiB are free, expected 201 MiB for the CUDA libraries."
                + " Free some, or name another directory in VIRUS_MNIST_NATIVE_CACHE.");
    assertThat(full.directory().resolve("libcudart.so.12")).doesNotExist();
  }

  @Test
  void needsRoomOnlyForWhatIsMissing() throws IOException {
    cache().extract();

    assertWhole(new CudaCache(jar, root, anywhere -> 0).extract());
  }

  @Test
  void refusesADamagedJar() throws IOException {
    byte[] bytes = Files.readAllBytes(jar);
    byte[] soname = "libcudart.so.12".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    int data = indexOf(bytes, soname) + soname.length + 20;
    bytes[data] ^= 0x40;
    Files.write(jar, bytes);

    assertThatThrownBy(() -> cache().extract()).isInstanceOf(IOException.class);
    assertThat(cache().directory().resolve("libcudart.so.12")).doesNotExist();
    assertThat(cache().isComplete()).isFalse();
  }

  @Test
  void refusesAJarOfOtherLibraries() throws IOException {
    writeJar("libcudnn_ops.so.9");

    assertThatThrownBy(() -> cache().extract())
        .hasMessage(
            jar
                + ": has no libcudnn_ops.so.9, expected the CUDA 12 and cuDNN 9 libraries of"
                + " TensorFlow 2.18. Build with the Maven profile gpu as it is in pom.xml.");
  }

  @Test
  void doesWithoutAnOptionalLibrary() throws IOException {
    writeJar("libnccl.so.2");

    assertThat(cache().extract()).hasSize(CudaLibrary.IN_LOAD_ORDER.size() - 1);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i < bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not in it");
  }
}
