package org.virusmnist.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where shared libraries are found on Linux: the directories of {@code LD_LIBRARY_PATH}, the
 * linker's cache, then the usual places, those where CUDA installs itself among them.
 */
final class LibraryPath {
  private static final Path LINKER_CACHE = Path.of("/etc/ld.so.cache");

  /** The last ones are where containers and the Windows subsystem have the driver. */
  private static final List<String> USUAL =
      List.of(
          "/usr/lib/x86_64-linux-gnu",
          "/lib/x86_64-linux-gnu",
          "/usr/lib64",
          "/lib64",
          "/usr/lib",
          "/usr/local/cuda/lib64",
          "/usr/local/cuda/targets/x86_64-linux/lib",
          "/usr/local/cuda/extras/CUPTI/lib64",
          "/opt/cuda/lib64",
          "/usr/local/nvidia/lib64",
          "/usr/lib/wsl/lib");

  private final Machine machine;
  private final List<Path> directories;

  private LibraryPath(Machine machine, Set<Path> directories) {
    this.machine = machine;
    this.directories = List.copyOf(directories);
  }

  static LibraryPath of(Machine machine) {
    Set<Path> directories = new LinkedHashSet<>();
    for (String directory :
        machine.environment().getOrDefault("LD_LIBRARY_PATH", "").split(":", -1)) {
      if (!directory.isEmpty()) {
        directories.add(Path.of(directory));
      }
    }
    directories.addAll(cached(machine));
    USUAL.forEach(directory -> directories.add(Path.of(directory)));
    return new LibraryPath(machine, directories);
  }

  /**
   * Returns the directories in the linker's cache, whose strings end in zero bytes. Reading it
   * costs less than asking {@code ldconfig}.
   */
  private static Set<Path> cached(Machine machine) {
    Set<Path> directories = new LinkedHashSet<>();
    String cache = machine.read(LINKER_CACHE);
    if (cache != null) {
      for (String text : cache.split("\0", -1)) {
        int end = text.startsWith("/") ? text.lastIndexOf('/') : -1;
        if (end > 0 && text.indexOf(".so", end) > 0) {
          directories.add(Path.of(text.substring(0, end)));
        }
      }
    }
    return directories;
  }

  /** Returns the first file of a name, or null. */
  @Nullable Path find(String name) {
    for (Path directory : directories) {
      Path file = directory.resolve(name);
      if (machine.resolve(file) != null) {
        return file;
      }
    }
    return null;
  }

  /** Returns all files whose name begins as given, the directories in their order. */
  List<Path> startingWith(String prefix) {
    List<Path> files = new ArrayList<>();
    for (Path directory : directories) {
      for (String name : machine.list(directory)) {
        if (name.startsWith(prefix)) {
          files.add(directory.resolve(name));
        }
      }
    }
    return files;
  }
}
