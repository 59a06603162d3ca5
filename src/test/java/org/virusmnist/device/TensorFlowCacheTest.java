package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowCacheTest {
  private static final String LIBRARY =
      NativeBuild.TENSORFLOW_DIRECTORY + "linux-x86_64-gpu/libtensorflow_cc.so.2";
  private static final String NCCL = NativeBuild.CUDA_DIRECTORY + "libnccl.so.2";

  @TempDir private Path directory;
  private NativeBuild build = new NativeBuild(List.of(), null);

  @BeforeEach
  void makeJars() throws IOException {
    Path tensorflow = jar("tensorflow.jar", LIBRARY, 1000);
    Path cuda = jar("cuda.jar", NCCL, 200, NativeBuild.CUDA_DIRECTORY + "libcublas.so.12", 5000);
    build = new NativeBuild(List.of("linux-x86_64-gpu"), cuda, tensorflow);
  }

  private Path jar(String name, Object... entriesAndSizes) throws IOException {
    Path jar = directory.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (int i = 0; i < entriesAndSizes.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entriesAndSizes[i]));
        zip.write(new byte[(int) entriesAndSizes[i + 1]]);
      }
    }
    return jar;
  }

  private TensorFlowCache cache(long freeBytes) {
    return new TensorFlowCache(build, directory.resolve("cache"), anywhere -> freeBytes);
  }

  private void extract(String jar, String entry, int size) throws IOException {
    Path file = directory.resolve("cache").resolve(jar).resolve(entry);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[size]);
  }

  @Test
  void lacksWhatIsNotThereOrCutShort() throws IOException {
    assertThat(cache(0).missingBytes()).isEqualTo(1200);

    extract("cuda.jar", NCCL, 200);
    extract("tensorflow.jar", LIBRARY, 999);
    assertThat(cache(0).missingBytes()).isEqualTo(1000);

    extract("tensorflow.jar", LIBRARY, 1000);
    assertThat(cache(0).missingBytes()).isZero();
    cache(0).prepare();
  }

  @Test
  void discardsWhatIsCutShortAndNothingElse() throws IOException {
    extract("cuda.jar", NCCL, 200);
    extract("tensorflow.jar", LIBRARY, 999);

    cache(1L << 30).prepare();

    Path cache = directory.resolve("cache");
    assertThat(cache.resolve("tensorflow.jar").resolve(LIBRARY)).doesNotExist();
    assertThat(cache.resolve("cuda.jar").resolve(NCCL)).exists();
    cache(1L << 30).prepare();
  }

  @Test
  void lacksNothingWhereNoJarIs() throws IOException {
    build = new NativeBuild(List.of(), null);

    assertThat(cache(0).missingBytes()).isZero();
  }

  @Test
  void asksForRoom() throws IOException {
    assertThatThrownBy(() -> cache(3L << 20).prepare())
        .isInstanceOf(IOException.class)
        .hasMessage(
            directory.resolve("cache")
                + ": 3 MiB are free, expected 200 MiB for TensorFlow's libraries."
                + " Free some, or name another directory in VIRUS_MNIST_NATIVE_CACHE.");
    cache(201L << 20).prepare();
  }

  @Test
  void tellsOfALibraryThatCannotBeLoadedInOneLine() {
    LinkageError first = new UnsatisfiedLinkError("no jnitensorflow in java.library.path");
    first.initCause(new UnsatisfiedLinkError("libtensorflow_cc.so.2: file too short\nmore"));

    assertThat(cache(3L << 20).failure(first))
        .hasMessage(
            directory.resolve("cache")
                + ": TensorFlow's library cannot be extracted to it or loaded from it"
                + " (libtensorflow_cc.so.2: file too short); 3 MiB are free."
                + " Delete the directory and try again, or name another one in"
                + " VIRUS_MNIST_NATIVE_CACHE.");
  }
}
