package org.virusmnist.dataset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files of images that together are one data set: its rows are those of the first file, then those
 * of the second, and so on.
 *
 * @param files one or more, in their order
 */
public record ImageFiles(List<Path> files) {
  private static final int ROWS_PER_CHUNK = 4096;
  private static final Pattern CSV = Pattern.compile("(?i).*\\.csv(\\.gz)?");
  private static final Pattern PARQUET = Pattern.compile("(?i).*\\.parquet");

  /** Takes a copy of the list. */
  public ImageFiles {
    files = List.copyOf(files);
  }

  /**
   * Finds the files that paths stand for.
   *
   * @param paths each a file, a directory with {@code .csv}, {@code .csv.gz} or {@code .parquet}
   *     files, or a pattern such as {@code shards/*.csv.gz}; files of a directory or pattern are
   *     sorted by name, those whose name begins with a dot or an underscore are left out
   * @return the files
   * @throws IOException if a directory or a pattern has no file
   */
  public static ImageFiles find(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(list(path, path, "*"));
      } else if (isPattern(path)) {
        Path directory = path.resolveSibling("");
        files.addAll(list(path, directory, String.valueOf(path.getFileName())));
      } else {
        files.add(path);
      }
    }
    return new ImageFiles(files);
  }

  private static boolean isPattern(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.matches(".*[*?\\[{].*") && !Files.exists(path);
  }

  private static List<Path> list(Path given, Path directory, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory.toAbsolutePath())) {
      try (DirectoryStream<Path> names = Files.newDirectoryStream(directory, pattern)) {
        for (Path file : names) {
          if (isData(file)) {
            found.add(file);
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new IOException(
          given + ": has no .csv, .csv.gz or .parquet file, expected 1 or more. Check the path.");
    }
    found.sort(null);
    return found;
  }

  private static boolean isData(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".")
        && !name.startsWith("_")
        && (CSV.matcher(name).matches() || PARQUET.matcher(name).matches())
        && Files.isRegularFile(file);
  }

  /**
   * Returns the one file, where it is one and CSV.
   *
   * @return the file, or null
   */
  public @Nullable Path onlyCsv() {
    return files.size() == 1 && !PARQUET.matcher(files.get(0).toString()).matches()
        ? files.get(0)
        : null;
  }

  /**
   * Returns about what the images take in memory, from the sizes of the files: a pixel is three
   * characters of text, and gzip and Parquet make the headers of executables six times smaller.
   *
   * @return bytes; files that cannot be asked count as nothing
   */
  public long estimatedBytes() {
    long bytes = 0;
    for (Path file : files) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      long size = size(file);
      bytes += name.endsWith(".gz") ? 3 * size : name.endsWith(".parquet") ? 6 * size : size / 3;
    }
    return bytes;
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0; // reading it will say what is wrong
    }
  }

  /**
   * Reads all files into memory.
   *
   * @param classCount labels are 0 to classCount − 1
   * @param labels whether labels may be missing, then from all files
   * @return all rows
   * @throws DatasetFormatException if a file is not valid
   * @throws IOException if a file cannot be read
   */
  public ImageSet read(int classCount, Labels labels) throws IOException {
    GreyBlocks pixels = new GreyBlocks(ImageSet.PIXELS);
    JoinedRows rows = new JoinedRows(ImageCsv.MAX_ROWS_IN_MEMORY);
    forEachChunk(
        classCount,
        labels,
        (file, chunk) -> {
          rows.add(file, chunk);
          for (int row = 0; row < chunk.size(); row++) {
            pixels.add(chunk.pixels().block(row), chunk.pixels().offset(row));
          }
        });
    return rows.toImageSet(pixels, toString());
  }

  /**
   * Reads all files; pixels go to another file, which is mapped into memory.
   *
   * @param classCount labels are 0 to classCount − 1
   * @param labels whether labels may be missing, then from all files
   * @param target the file to write; it must stay as long as the images are used
   * @return all rows, of which labels and hashes alone take Java's memory
   * @throws DatasetFormatException if a file is not valid
   * @throws IOException if a file cannot be read, or the target cannot be written
   */
  public ImageSet readMapped(int classCount, Labels labels, Path target) throws IOException {
    return MappedImages.read(this, classCount, labels, target);
  }

  /** Takes the rows of a file. */
  @FunctionalInterface
  interface ChunkSink {
    void accept(Path file, ImageSet chunk) throws IOException;
  }

  void forEachChunk(int classCount, Labels labels, ChunkSink sink) throws IOException {
    for (Path file : files) {
      try (ImageStream stream = open(file, classCount, labels)) {
        for (ImageSet chunk = stream.next(); chunk != null; chunk = stream.next()) {
          sink.accept(file, chunk);
        }
      }
    }
  }

  private static ImageStream open(Path file, int classCount, Labels labels) throws IOException {
    for (ImageFormat format : ServiceLoader.load(ImageFormat.class)) {
      if (format.reads(file)) {
        return format.open(file, classCount, labels);
      }
    }
    if (PARQUET.matcher(file.toString()).matches()) {
      throw new DatasetFormatException(
          file,
          0,
          "is Parquet, which this build does not read. Use 'scripts/virus-mnist spark train' instead of"
              + " 'train'.");
    }
    return ImageCsv.open(file, classCount, ROWS_PER_CHUNK, labels);
  }

  /** Returns the files in short, for messages. */
  @Override
  public String toString() {
    return files.size() == 1
        ? files.get(0).toString()
        : files.get(0) + " and " + (files.size() - 1) + " more";
  }
}
