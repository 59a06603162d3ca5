package org.virusmnist.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final String BUILTINS = "libnvrtc-builtins.so";
  private static final Pattern NVRTC_VERSION = Pattern.compile("/libnvrtc\\.so\\.(12\\.\\d+)");

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
      Path file = path.find(soname(library, path, machine));
      locations.add(
          new CudaLocation(library, file, file == null ? others(path, library) : "installed"));
    }
    return locations;
  }

  /**
   * Returns the name to look for. NVRTC opens the builtins of its own version, which is that of the
   * installed CUDA and not that of the jar.
   */
  private static String soname(CudaLibrary library, LibraryPath path, Machine machine) {
    Path compiler = library.stem().equals(BUILTINS) ? path.find("libnvrtc.so.12") : null;
    if (compiler == null || compiler.getParent() == null) {
      return library.soname();
    }
    Matcher version = NVRTC_VERSION.matcher(String.valueOf(machine.resolve(compiler)));
    if (version.find()) {
      return BUILTINS + "." + version.group(1);
    }
    return machine.list(compiler.getParent()).stream()
        .filter(name -> name.startsWith(BUILTINS + ".12."))
        .findFirst()
        .orElse(library.soname());
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
