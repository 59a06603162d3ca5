package org.virusmnist.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files behind an input, sorted by path, so that rows have the same numbers in every job.
 *
 * @param name what the user called them
 * @param kind what they are
 * @param files at least one
 */
record InputFiles(String name, Kind kind, List<FileStatus> files) {
  /** Kinds of files with images. */
  enum Kind {
    /** {@code .csv} and {@code .csv.gz} in the Virus-MNIST format. */
    CSV,
    /** {@code .parquet} with at least a column of pixels. */
    PARQUET
  }

  /**
   * Lists an input.
   *
   * @param input a file, a directory or a glob on any file system that Hadoop knows
   * @throws IOException if nothing is there, or files of both kinds or of none
   */
  static InputFiles of(String input, Configuration configuration) throws IOException {
    List<FileStatus> files = list(input, configuration);
    List<FileStatus> csv = files.stream().filter(file -> isCsv(name(file))).toList();
    List<FileStatus> parquet =
        files.stream().filter(file -> name(file).endsWith(".parquet")).toList();
    if (csv.isEmpty() == parquet.isEmpty()) {
      throw new IOException(
          "%s: has %d CSV and %d Parquet files, expected files of one kind, named .csv, .csv.gz or .parquet."
              .formatted(input, csv.size(), parquet.size()));
    }
    return csv.isEmpty()
        ? new InputFiles(input, Kind.PARQUET, parquet)
        : new InputFiles(input, Kind.CSV, csv);
  }

  /** Returns every visible file of an input, sorted by path. */
  static List<FileStatus> list(String input, Configuration configuration) throws IOException {
    Path path = new Path(input);
    FileSystem files = path.getFileSystem(configuration);
    FileStatus[] found = files.globStatus(path);
    if (found == null || found.length == 0) {
      throw new FileNotFoundException(input + ": no such file or directory. Check the path.");
    }
    List<FileStatus> all = new ArrayList<>();
    for (FileStatus status : found) {
      collect(files, status, all);
    }
    return all.stream()
        .distinct() // by path: patterns may name a file twice
        .sorted(Comparator.comparing(status -> status.getPath().toString()))
        .toList();
  }

  /** Returns the paths of the files. */
  String[] paths() {
    return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
  }

  private static void collect(FileSystem files, FileStatus status, List<FileStatus> into)
      throws IOException {
    if (status.isFile()) {
      into.add(status);
      return;
    }
    for (FileStatus child : files.listStatus(status.getPath())) {
      if (!isHidden(name(child))) {
        collect(files, child, into);
      }
    }
  }

  /** What Spark and Hadoop leave beside data: _SUCCESS, .crc. */
  private static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  private static boolean isCsv(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".csv") || lower.endsWith(".csv.gz");
  }

  private static String name(FileStatus file) {
    return file.getPath().getName();
  }
}
