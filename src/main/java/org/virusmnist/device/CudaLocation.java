package org.virusmnist.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Where a CUDA library is.
 *
 * @param library the library
 * @param file the file it is in or, for a library of the jar, will be in; null if it is nowhere
 * @param origin where it comes from, in words
 */
public record CudaLocation(CudaLibrary library, @Nullable Path file, String origin) {

  /** Returns whether it is there. */
  public boolean isFound() {
    return file != null;
  }

  /** Returns the libraries of a jar as they are in its cache, or would be. */
  static List<CudaLocation> in(Path jar, CudaCache cache) throws IOException {
    List<CudaLocation> locations = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (CudaLibrary library : CudaLibrary.IN_LOAD_ORDER) {
        boolean isThere = zip.getEntry(NativeBuild.CUDA_DIRECTORY + library.soname()) != null;
        locations.add(
            new CudaLocation(
                library,
                isThere ? cache.directory().resolve(library.soname()) : null,
                isThere ? "out of " + jar.getFileName() : "not in " + jar));
      }
    }
    return locations;
  }

  /** Looks for the libraries where the dynamic linker does, and where CUDA installs itself. */
  static List<CudaLocation> on(Machine machine) {
    LibraryPath path = LibraryPath.of(machine);
    List<CudaLocation> locations = new ArrayList<>();
    for (CudaLibrary library : CudaLibrary.IN_LOAD_ORDER) {
      Path file = path.find(library.soname());
      locations.add(
          new CudaLocation(library, file, file == null ? others(path, library) : "installed"));
    }
    return locations;
  }

  /**
   * Returns what is there under another version, which is of no use: sonames promise binary form.
   */
  private static String others(LibraryPath path, CudaLibrary library) {
    List<String> others =
        path.startingWith(library.stem() + ".").stream()
            .map(Path::toString)
            .sorted()
            .distinct()
            .toList();
    return others.isEmpty()
        ? "in none of the library directories"
        : "another version is there: " + others.get(0);
  }
}
