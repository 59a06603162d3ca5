package org.virusmnist.device;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which native code is on the class path.
 *
 * @param classifiers TensorFlow's native builds by their Maven classifier; there should be one
 * @param cudaJar the jar with the CUDA libraries, or null if there is none
 * @param tensorflowJar the jar with TensorFlow's native library, or null if it is in none
 */
public record NativeBuild(
    List<String> classifiers, @Nullable Path cudaJar, @Nullable Path tensorflowJar) {
  static final String CUDA_DIRECTORY = "org/bytedeco/cuda/linux-x86_64/";
  static final String TENSORFLOW_DIRECTORY = "org/tensorflow/internal/c_api/";
  private static final String GPU_ENDING = "-gpu";

  private static final List<String> KNOWN =
      List.of("linux-x86_64", "linux-x86_64-gpu", "linux-arm64", "macosx-arm64", "windows-x86_64");
  private static final List<String> LIBRARIES =
      List.of("libjnitensorflow.so", "libjnitensorflow.dylib", "jnitensorflow.dll");

  /** Copies the list. */
  public NativeBuild {
    classifiers = List.copyOf(classifiers);
  }

  /** Describes a build whose own libraries are in no jar. */
  NativeBuild(List<String> classifiers, @Nullable Path cudaJar) {
    this(classifiers, cudaJar, null);
  }

  /**
   * Looks at a class path; nothing is loaded.
   *
   * @throws IOException if it cannot be read
   */
  public static NativeBuild on(ClassLoader classPath) throws IOException {
    Set<String> found = new LinkedHashSet<>();
    Path jar = null;
    for (String classifier : KNOWN) {
      for (String library : LIBRARIES) {
        String name = TENSORFLOW_DIRECTORY + classifier + "/" + library;
        if (classPath.getResource(name) != null) {
          found.add(classifier);
          jar = jarWith(classPath, name);
        }
      }
    }
    String cuda = CUDA_DIRECTORY + CudaLibrary.IN_LOAD_ORDER.get(0).soname();
    return new NativeBuild(new ArrayList<>(found), jarWith(classPath, cuda), jar);
  }

  private static @Nullable Path jarWith(ClassLoader classPath, String name) throws IOException {
    for (URL url : Collections.list(classPath.getResources(name))) {
      if (url.openConnection() instanceof JarURLConnection jar) {
        return Path.of(URI.create(jar.getJarFileURL().toString()));
      }
    }
    return null;
  }

  /** Returns whether it can run on a GPU. */
  public boolean isForGpus() {
    return classifiers.stream().anyMatch(classifier -> classifier.endsWith(GPU_ENDING));
  }

  /** Returns whether two builds are there, of which either breaks the other. */
  public boolean isMixed() {
    return classifiers.size() > 1;
  }
}
