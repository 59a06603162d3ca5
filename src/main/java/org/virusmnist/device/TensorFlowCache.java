package org.virusmnist.device;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * TensorFlow's own native libraries, which JavaCPP extracts out of their jars when TensorFlow
 * loads: each into a directory with the jar's name.
 *
 * <p>JavaCPP takes two libraries out of the CUDA jar as well, whatever {@link CudaCache} has of
 * them.
 */
public final class TensorFlowCache {
  private static final List<String> OF_CUDA = List.of("libnccl.so.2", "libcurand.so.10");

  /** JavaCPP's own. */
  private static final String LOCK = ".lock";

  private final NativeBuild build;
  private final Path directory;
  private final ToLongFunction<Path> freeBytes;

  /**
   * Describes a cache; nothing is read or written yet.
   *
   * @param build what is on the class path
   * @param directory where JavaCPP extracts to
   */
  public TensorFlowCache(NativeBuild build, Path directory) {
    this(build, directory, FreeSpace::bytes);
  }

  TensorFlowCache(NativeBuild build, Path directory, ToLongFunction<Path> freeBytes) {
    this.build = build;
    this.directory = directory;
    this.freeBytes = freeBytes;
  }

  /**
   * A library.
   *
   * @param file where it is or will be
   * @param size its size in the jar, in bytes
   */
  private record Item(Path file, long size) {
    boolean isWhole() throws IOException {
      return Files.isRegularFile(file) && Files.size(file) == size;
    }
  }

  /**
   * Returns how much the next start has to extract, in bytes: 0 if all is there, or if the
   * libraries are in no jar.
   *
   * @throws IOException if a jar cannot be read
   */
  public long missingBytes() throws IOException {
    return bytes(missing());
  }

  private List<Item> missing() throws IOException {
    List<Item> missing = new ArrayList<>();
    addMissing(
        build.tensorflowJar(), name -> name.startsWith(NativeBuild.TENSORFLOW_DIRECTORY), missing);
    addMissing(build.cudaJar(), TensorFlowCache::isTakenOutOfCuda, missing);
    return missing;
  }

  private static boolean isTakenOutOfCuda(String name) {
    return OF_CUDA.stream().anyMatch(soname -> name.equals(NativeBuild.CUDA_DIRECTORY + soname));
  }

  private void addMissing(@Nullable Path jar, Predicate<String> isWanted, List<Item> missing)
      throws IOException {
    if (jar == null) {
      return;
    }
    Path own = directory.resolve(String.valueOf(jar.getFileName()));
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Item item = new Item(own.resolve(entry.getName()), entry.getSize());
        if (isWanted.test(entry.getName()) && !entry.isDirectory() && !item.isWhole()) {
          missing.add(item);
        }
      }
    }
  }

  /**
   * Makes the cache ready for TensorFlow to load: deletes what an interrupted extraction cut short,
   * so that it is extracted again, since JavaCPP lets the dynamic linker at such a file, which ends
   * the process; and makes sure that what is missing fits on the disk.
   *
   * <p>JavaCPP holds the lock while it extracts a file, so what is cut short under the lock is no
   * other process's work. Threads of this process must not load TensorFlow meanwhile.
   *
   * @throws IOException if a jar cannot be read or a file not be deleted, or if there is no room,
   *     with what is free and what is expected
   */
  public void prepare() throws IOException {
    List<Item> missing = missing();
    if (missing.stream().anyMatch(item -> Files.exists(item.file()))) {
      discardCutShort();
      missing = missing();
    }
    if (!missing.isEmpty()) {
      FreeSpace.require(directory, freeBytes, bytes(missing), "TensorFlow's libraries");
    }
  }

  private void discardCutShort() throws IOException {
    try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE)) {
      channel.lock();
      for (Item item : missing()) {
        Files.deleteIfExists(item.file());
      }
    }
  }

  private static long bytes(List<Item> items) {
    return items.stream().mapToLong(Item::size).sum();
  }

  /** Returns what to tell of libraries that cannot be extracted or loaded, in one line. */
  public IOException failure(LinkageError e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return new IOException(
        String.format(
            Locale.ROOT,
            "%s: TensorFlow's library cannot be extracted to it or loaded from it (%s); %,d MiB are"
                + " free. Delete the directory and try again, or name another one in %s.",
            directory,
            reason,
            freeBytes.applyAsLong(directory) >> 20,
            NativeCache.VARIABLE),
        e);
  }
}
