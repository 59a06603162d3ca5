package org.virusmnist.device;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.virusmnist.storage.AtomicFile;

/**
 * The CUDA libraries of a jar, as files: the dynamic linker cannot read them out of it.
 *
 * <p>Each is written beside its name, checked against the jar's CRC and renamed, so a file under
 * its name is whole unless something else cut it short; that shows in its size, which is compared
 * with the jar's at every start. One thread of one process extracts at a time, all others wait for
 * it.
 */
public final class CudaCache {
  private static final String LOCK = "extraction.lock";

  /** A file's lock is the process's: a second thread that asks for it gets an exception. */
  private static final Object EXTRACTION = new Object();

  private final Path jar;
  private final Path directory;
  private final ToLongFunction<Path> freeBytes;

  /**
   * Describes a cache; nothing is read or written yet.
   *
   * @param jar the jar with the libraries
   * @param root where this and other versions are kept
   */
  public CudaCache(Path jar, Path root) {
    this(jar, root, FreeSpace::bytes);
  }

  CudaCache(Path jar, Path root, ToLongFunction<Path> freeBytes) {
    this.jar = jar;
    this.directory = root.resolve(String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", ""));
    this.freeBytes = freeBytes;
  }

  /**
   * What is in the jar of the libraries that are wanted.
   *
   * @param library the library
   * @param file where it is or will be
   * @param entry its entry in the jar, or null if the jar has none
   */
  private record Item(CudaLibrary library, Path file, ZipEntry entry) {
    boolean isWhole() throws IOException {
      return Files.isRegularFile(file) && Files.size(file) == entry.getSize();
    }
  }

  /** Returns where the files are or will be. */
  public Path directory() {
    return directory;
  }

  /**
   * Returns how much the next start has to extract, in bytes; 0 if all is there.
   *
   * @throws IOException if jar or cache cannot be read
   */
  public long missingBytes() throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return bytes(missing(items(zip)));
    }
  }

  /**
   * Returns whether the next start has nothing to extract.
   *
   * @throws IOException if jar or cache cannot be read
   */
  public boolean isComplete() throws IOException {
    return missingBytes() == 0;
  }

  /**
   * Returns the libraries as files in their load order, extracting what is missing or cut short.
   *
   * @throws IOException if the disk is full, the jar damaged or the cache not writable
   */
  public List<Path> extract() throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<Item> items = items(zip);
      if (!missing(items).isEmpty()) {
        extractMissing(zip, items);
      }
      return items.stream().map(Item::file).toList();
    }
  }

  private void extractMissing(ZipFile zip, List<Item> items) throws IOException {
    synchronized (EXTRACTION) {
      Files.createDirectories(directory);
      try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), CREATE, WRITE)) {
        channel.lock();
        extract(zip, missing(items));
      }
    }
  }

  private List<Item> items(ZipFile zip) throws IOException {
    List<Item> items = new ArrayList<>();
    for (CudaLibrary library : CudaLibrary.IN_LOAD_ORDER) {
      ZipEntry entry = zip.getEntry(NativeBuild.CUDA_DIRECTORY + library.soname());
      if (entry != null) {
        items.add(new Item(library, directory.resolve(library.soname()), entry));
      } else if (library.isRequired()) {
        throw new IOException(
            "%s: has no %s, expected the CUDA 12 and cuDNN 9 libraries of TensorFlow 2.18."
                    .formatted(jar, library.soname())
                + " Build with the Maven profile gpu as it is in pom.xml.");
      }
    }
    return items;
  }

  private static List<Item> missing(List<Item> items) throws IOException {
    List<Item> missing = new ArrayList<>();
    for (Item item : items) {
      if (!item.isWhole()) {
        missing.add(item);
      }
    }
    return missing;
  }

  private void extract(ZipFile zip, List<Item> items) throws IOException {
    deleteLeftovers();
    if (!items.isEmpty()) {
      FreeSpace.require(directory, freeBytes, bytes(items), "the CUDA libraries");
    }
    for (Item item : items) {
      extract(zip, item);
    }
  }

  /** What a killed process left behind; the lock says that no living one is at it. */
  private void deleteLeftovers() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".tmp")).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void extract(ZipFile zip, Item item) throws IOException {
    AtomicFile.write(
        item.file(),
        out -> {
          try (InputStream in = zip.getInputStream(item.entry());
              CheckedInputStream checked = new CheckedInputStream(in, new CRC32())) {
            long bytes = checked.transferTo(out);
            if (bytes != item.entry().getSize()
                || checked.getChecksum().getValue() != item.entry().getCrc()) {
              throw new IOException(
                  "%s: %s in it is damaged. Delete the jar and build again."
                      .formatted(jar, item.library().soname()));
            }
          }
        });
  }

  private static long bytes(List<Item> items) {
    return items.stream().mapToLong(item -> item.entry().getSize()).sum();
  }
}
