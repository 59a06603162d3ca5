package org.virusmnist.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Lists executables on executors, so that no process holds the names of all.
 *
 * <p>A task looks into its folders and what is below until it has met {@link #ENTRIES}; the folders
 * left are the next round's tasks. A small tree takes one round, 100 million files some four. What
 * was found is a Parquet table, so that no task of the job ever lists again and finds other files.
 */
final class SampleListing {
  private static final long ENTRIES = 20_000;
  private static final int MAX_TASKS = 10_000;

  private final SparkSession session;
  private final HadoopSettings settings;
  private final String work;
  private final List<String> written = new ArrayList<>();

  private SampleListing(SparkSession session, String work) {
    this.session = session;
    this.settings = HadoopSettings.of(session);
    this.work = work;
  }

  /**
   * Lists an input.
   *
   * @param input a directory, a file or a glob on any file system that Hadoop knows; what a glob
   *     itself names is matched by the driver
   * @param work a directory to write into, which must stay as long as the table is used
   * @return the files, {@link SampleFile#SCHEMA}, each once
   * @throws IOException if nothing is there
   */
  static Dataset<Row> of(SparkSession session, String input, String work) throws IOException {
    SampleListing listing = new SampleListing(session, work);
    List<SampleFile> roots = roots(input, listing.settings.get());
    Dataset<Row> all = listing.below(roots).filter(not(col(SampleFile.IS_FOLDER)));
    return roots.size() == 1 ? all : all.dropDuplicates(SampleFile.PATH);
  }

  /**
   * Returns the folder of an input whose folders may name classes: a directory itself, of a glob
   * what is before its first pattern.
   */
  static String root(String input, Configuration settings) throws IOException {
    Path path = new Path(input);
    FileSystem files = HadoopSettings.files(path, settings);
    if (!files.exists(path)) {
      while (path.getParent() != null && path.toString().matches(".*[*?{\\[].*")) {
        path = path.getParent();
      }
    }
    return files.makeQualified(path).toString();
  }

  private static List<SampleFile> roots(String input, Configuration settings) throws IOException {
    Path path = new Path(input);
    FileSystem files = HadoopSettings.files(path, settings);
    FileStatus[] found =
        files.exists(path) ? new FileStatus[] {files.getFileStatus(path)} : files.globStatus(path);
    if (found == null || found.length == 0) {
      throw new FileNotFoundException(input + ": no such file or directory. Check the path.");
    }
    return Arrays.stream(found).map(Folder::of).toList();
  }

  private Dataset<Row> below(List<SampleFile> roots) {
    write(roots.stream().filter(root -> !root.isFolder()).map(SampleFile::row).toList());
    List<String> folders =
        roots.stream().filter(SampleFile::isFolder).map(SampleFile::path).toList();
    while (!folders.isEmpty()) {
      folders = walk(folders);
    }
    return session.read().schema(SampleFile.SCHEMA).parquet(written.toArray(String[]::new));
  }

  private void write(List<Row> files) {
    if (!files.isEmpty()) {
      session.createDataFrame(files, SampleFile.SCHEMA).write().parquet(nextTable());
    }
  }

  /** Looks into folders and writes what is there; returns the folders that are left. */
  private List<String> walk(List<String> folders) {
    HadoopSettings shared = settings;
    FlatMapFunction<Iterator<String>, SampleFile> look =
        paths -> new FolderWalk(paths, shared.get(), ENTRIES);
    String table = nextTable();
    session
        .createDataFrame(
            new JavaSparkContext(session.sparkContext())
                .parallelize(folders, Math.min(folders.size(), MAX_TASKS))
                .mapPartitions(look)
                .map(SampleFile::row),
            SampleFile.SCHEMA)
        .write()
        .parquet(table);
    return session
        .read()
        .schema(SampleFile.SCHEMA)
        .parquet(table)
        .filter(col(SampleFile.IS_FOLDER))
        .select(SampleFile.PATH)
        .as(Encoders.STRING())
        .collectAsList();
  }

  private String nextTable() {
    String table = work + "/" + written.size();
    written.add(table);
    return table;
  }
}
