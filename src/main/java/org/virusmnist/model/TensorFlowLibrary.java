package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/** TensorFlow's native library, and the CUDA libraries that it works with. */
public final class TensorFlowLibrary {
  /** Where JavaCPP, which TensorFlow Java is built on, extracts the libraries of its jars to. */
  private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";

  private TensorFlowLibrary() {}

  /**
   * Says where TensorFlow's own libraries are extracted to, unless the JVM was told already; of use
   * only before {@link #load}.
   *
   * @param directory the directory
   */
  static void extractTo(Path directory) {
    if (System.getProperty(JAVACPP_CACHE) == null) {
      System.setProperty(JAVACPP_CACHE, directory.toString());
    }
  }

  /**
   * Returns where TensorFlow's own libraries are extracted to; makes the directory.
   *
   * @throws IOException if no directory can be made
   */
  static Path directory() throws IOException {
    return Loader.getCacheDir().toPath();
  }

  /**
   * Loads what TensorFlow opens by name, to no effect once {@link #load} has been called.
   *
   * <p>TensorFlow opens the CUDA libraries by their sonames; the dynamic linker answers with those
   * that are loaded already. Loading them after TensorFlow is too late: it looks for the CUDA
   * runtime while it loads.
   *
   * @param cuda files of the CUDA libraries in their load order
   * @throws DeviceUnavailableException if one cannot be loaded, with the linker's reason
   */
  static void loadCuda(List<Path> cuda) throws DeviceUnavailableException {
    for (Path library : cuda) {
      try {
        System.load(library.toAbsolutePath().toString());
      } catch (UnsatisfiedLinkError e) {
        throw new DeviceUnavailableException(
            "%s cannot be loaded (%s). Run 'virus-mnist doctor --device gpu'."
                .formatted(library.getFileName(), e.getMessage()));
      }
    }
  }

  /**
   * Extracts and loads TensorFlow's own library, once in a process.
   *
   * @throws LinkageError if it cannot be extracted or loaded
   */
  static void load() {
    TensorFlow.version();
  }

  /**
   * Returns its version, loading it if need be.
   *
   * @return for example {@code 2.18.0}
   */
  public static String version() {
    return TensorFlow.version();
  }
}
