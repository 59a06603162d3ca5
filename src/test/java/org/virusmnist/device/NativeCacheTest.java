package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeCacheTest {

  @Test
  void isBesideTheOtherCaches() {
    assertThat(NativeCache.of(Map.of(), "/home/eva"))
        .isEqualTo(new NativeCache(Path.of("/home/eva/.cache/virus-mnist-native/cuda"), null));
    assertThat(NativeCache.of(Map.of("XDG_CACHE_HOME", "/caches"), "/home/eva").cuda())
        .isEqualTo(Path.of("/caches/virus-mnist-native/cuda"));
  }

  @Test
  void isWhereTheEnvironmentSays() {
    NativeCache cache =
        NativeCache.of(
            Map.of("VIRUS_MNIST_NATIVE_CACHE", "/fast", "XDG_CACHE_HOME", "/caches"), "/home/eva");

    assertThat(cache)
        .isEqualTo(new NativeCache(Path.of("/fast/cuda"), Path.of("/fast/tensorflow")));
  }
}
