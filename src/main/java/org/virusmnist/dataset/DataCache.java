package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.virusmnist.storage.CacheDirectory;
import org.virusmnist.storage.Fingerprint;

/**
 * Reads CSV files like {@link ImageCsv}, and keeps the parsed images for the next time.
 *
 * <p>An entry belongs to the content of a file, by its {@link Fingerprint}, not to its name or
 * times. Every byte of the file counts at every read: a shortcut by size and modification time
 * would serve old images for a file rewritten within the clock's tick or with its time set back.
 * After parsing the fingerprint is taken again and nothing is kept if the file changed meanwhile.
 * An entry is checked by CRC-32C when read; a damaged one counts as absent and is replaced.
 *
 * <p>The cache never makes a read fail and never changes a verdict: what cannot be stored is
 * reported in {@link CachedImages#notStored}, and only valid files are kept. Several processes may
 * share a directory.
 */
public final class DataCache {
  /** A sensible bound for the directory: forty files of the size of Virus-MNIST. */
  public static final long DEFAULT_MAX_BYTES = 2L << 30;

  private final CacheDirectory directory;
  private final ContentKey fingerprint;

  /**
   * Describes a cache; its directory is made when something is stored.
   *
   * @param directory where the entries are
   * @param maxBytes the size of all entries together in bytes; the least recently used go first
   */
  public DataCache(Path directory, long maxBytes) {
    this(new CacheDirectory(directory, maxBytes), Fingerprint::of);
  }

  DataCache(CacheDirectory directory, ContentKey fingerprint) {
    this.directory = directory;
    this.fingerprint = fingerprint;
  }

  /**
   * Reads a whole file, from the cache if its content is known.
   *
   * @param file a {@code .csv} or {@code .csv.gz} file
   * @param classCount labels are 0 to classCount − 1
   * @param labels whether the label column may be missing
   * @return all rows in the order of the file
   * @throws DatasetFormatException as {@link ImageCsv#read(Path, int, Labels)}
   * @throws IOException if the file cannot be read; the message names it
   */
  public CachedImages read(Path file, int classCount, Labels labels) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new CachedImages(
          ImageCsv.read(file, classCount, labels),
          null,
          false,
          new IOException(file + ": is not a regular file"));
    }
    String content = fingerprint(file);
    ImageSet cached = load(file, content);
    if (cached != null && fits(cached, classCount, labels)) {
      return new CachedImages(cached, content, true, null);
    }
    return parse(file, classCount, labels, content);
  }

  private CachedImages parse(Path file, int classCount, Labels labels, String content)
      throws IOException {
    ImageSet images = ImageCsv.read(file, classCount, labels);
    if (!fingerprint(file).equals(content)) {
      return new CachedImages(
          images, null, false, new IOException(file + ": changed while it was read"));
    }
    return new CachedImages(images, content, false, store(images, file, content));
  }

  private @Nullable ImageSet load(Path file, String content) {
    Path entry = directory.find(key(file, content));
    if (entry == null) {
      return null;
    }
    try {
      return ImageFile.read(entry, key(file, content), file.toString());
    } catch (IOException e) {
      return null; // damaged or deleted meanwhile: parsed and stored anew
    }
  }

  private @Nullable IOException store(ImageSet images, Path file, String content) {
    String key = key(file, content);
    try {
      directory.store(key, out -> ImageFile.write(images, key, out));
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  /** Whether parsing would accept the file as well; if not, parsing says why. */
  private static boolean fits(ImageSet images, int classCount, Labels labels) {
    if (!images.hasLabels()) {
      return labels == Labels.OPTIONAL;
    }
    for (int row = 0; row < images.size(); row++) {
      if (images.label(row) >= classCount) {
        return false;
      }
    }
    return true;
  }

  /** The same bytes mean something else under a name that ends in .gz. */
  private static String key(Path file, String content) {
    return (CsvBytes.isGzip(file) ? "images-gz-" : "images-") + content;
  }

  private String fingerprint(Path file) throws IOException {
    try {
      return fingerprint.of(file);
    } catch (IOException e) {
      throw CsvBytes.named(file, e);
    }
  }

  /** Identifies the content of a file. */
  @FunctionalInterface
  interface ContentKey {
    String of(Path file) throws IOException;
  }
}
