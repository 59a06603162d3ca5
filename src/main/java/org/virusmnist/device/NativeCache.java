package org.virusmnist.device;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where native libraries are extracted to.
 *
 * @param cuda where the CUDA libraries go
 * @param tensorflow where TensorFlow's own go, or null for the default of JavaCPP, which unpacks
 *     them
 */
public record NativeCache(Path cuda, @Nullable Path tensorflow) {
  /** Names one directory for all of them. */
  public static final String VARIABLE = "VIRUS_MNIST_NATIVE_CACHE";

  /**
   * Returns the directories as the environment has them: those of {@value #VARIABLE}, else those
   * beside the user's other caches.
   *
   * @param environment the environment
   * @param home the user's home directory
   */
  public static NativeCache of(Map<String, String> environment, String home) {
    String own = environment.getOrDefault(VARIABLE, "");
    if (!own.isEmpty()) {
      return new NativeCache(Path.of(own, "cuda"), Path.of(own, "tensorflow"));
    }
    String all = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = all.isEmpty() ? Path.of(home, ".cache") : Path.of(all);
    return new NativeCache(caches.resolve("virus-mnist-native").resolve("cuda"), null);
  }
}
