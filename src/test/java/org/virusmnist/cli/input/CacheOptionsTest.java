package org.virusmnist.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheOptionsTest {
  @Test
  void takesTheDirectoryThatIsNamedForIt() {
    assertThat(
            CacheOptions.directory(
                Map.of("VIRUS_MNIST_CACHE", "/mine", "XDG_CACHE_HOME", "/all"), "/home/me"))
        .isEqualTo(Path.of("/mine"));
  }

  @Test
  void isOneAmongTheCachesOfTheDesktop() {
    assertThat(CacheOptions.directory(Map.of("XDG_CACHE_HOME", "/all"), "/home/me"))
        .isEqualTo(Path.of("/all/virus-mnist"));
  }

  @Test
  void isBelowTheHomeDirectoryOtherwise() {
    assertThat(
            CacheOptions.directory(
                Map.of("VIRUS_MNIST_CACHE", "", "XDG_CACHE_HOME", ""), "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/virus-mnist"));
  }
}
