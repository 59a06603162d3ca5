package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeBuildTest {
  private static final String NATIVE = "org/tensorflow/internal/c_api/%s/%s";

  @TempDir private Path directory;

  private Path jar(String name, String entry) throws IOException {
    Path jar = directory.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry(entry));
    }
    return jar;
  }

  private static NativeBuild on(Path... jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
      return NativeBuild.on(loader);
    }
  }

  @Test
  void isNoneOnAnEmptyClassPath() throws IOException {
    assertThat(on()).isEqualTo(new NativeBuild(List.of(), null));
  }

  @Test
  void isToldByTheNameOfADirectoryInTheJar() throws IOException {
    for (Map.Entry<String, String> build :
        Map.of(
                "linux-x86_64", "libjnitensorflow.so",
                "linux-x86_64-gpu", "libjnitensorflow.so",
                "linux-arm64", "libjnitensorflow.so",
                "macosx-arm64", "libjnitensorflow.dylib")
            .entrySet()) {
      Path jar = jar("a.jar", NATIVE.formatted(build.getKey(), build.getValue()));

      NativeBuild found = on(jar);

      assertThat(found.classifiers()).containsExactly(build.getKey());
      assertThat(found.isForGpus()).isEqualTo(build.getKey().endsWith("-gpu"));
      assertThat(found.isMixed()).isFalse();
    }
  }

  @Test
  void isMixedWhereBothAre() throws IOException {
    NativeBuild both =
        on(
            jar("cpu.jar", NATIVE.formatted("linux-x86_64", "libjnitensorflow.so")),
            jar("gpu.jar", NATIVE.formatted("linux-x86_64-gpu", "libjnitensorflow.so")));

    assertThat(both.isMixed()).isTrue();
  }

  @Test
  void findsTheJarOfTheCudaLibraries() throws IOException {
    Path jar = jar("a jar with+odd%41 name.jar", NativeBuild.CUDA_DIRECTORY + "libcudart.so.12");

    assertThat(on(jar).cudaJar()).isEqualTo(jar);
  }

  /**
   * The builds of TensorFlow break each other: this class path must have one, and the right one.
   */
  @Test
  void isOneOnTheClassPathOfThisBuild() throws IOException {
    NativeBuild build = NativeBuild.on(NativeBuildTest.class.getClassLoader());

    assertThat(build.classifiers()).hasSize(1);
    assertThat(build.cudaJar() == null || build.isForGpus()).isTrue();
  }
}
