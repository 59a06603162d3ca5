package org.virusmnist.spark;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What a job writes: whole at its name, or absent.
 *
 * <p>Everything goes into a directory beside, {@code _NAME.unfinished-UUID}, whose name Spark and
 * its like take for no data. {@link #commit} renames what is in it, {@link #close} deletes it
 * otherwise, and so does the end of the process by a signal. What a killed process leaves keeps no
 * other job from its output.
 */
final class JobOutput implements AutoCloseable {
  private static final String UNFINISHED = ".unfinished-";

  /** After Spark has stopped its tasks, before Hadoop closes its file systems. */
  private static final int HOOK_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private static final Logger LOG = LogManager.getLogger(JobOutput.class);

  private final String output;
  private final FileSystem files;
  private final Path target;
  private final Path side;
  private final Path unfinished;
  private final Runnable atExit = this::delete;

  private JobOutput(String output, FileSystem files, Path target, Path side) {
    this.output = output;
    this.files = files;
    this.target = target;
    this.side = side;
    String name = "_" + target.getName() + UNFINISHED + UUID.randomUUID();
    this.unfinished = new Path(target.getParent(), name);
  }

  /**
   * Begins an output.
   *
   * @param output a directory that does not exist, on any file system that Hadoop knows
   * @throws IOException if it or its side table exists, or it has no name
   */
  static JobOutput create(String output, Configuration configuration) throws IOException {
    Path path = new Path(output);
    FileSystem files = HadoopSettings.files(path, configuration);
    Path target = files.makeQualified(path);
    if (target.getParent() == null) {
      throw new IOException(output + ": is the root of a file system. Name a directory in it.");
    }
    Path side = files.makeQualified(new Path(DamagedTable.path(output)));
    JobOutput created = new JobOutput(output, files, target, side);
    created.requireNew();
    ShutdownHookManager.get().addShutdownHook(created.atExit, HOOK_PRIORITY);
    return created;
  }

  /** Whether a name is that of an output under way, or of what a killed process left. */
  static boolean isUnfinished(String name) {
    return name.startsWith("_") && name.contains(UNFINISHED);
  }

  /** Returns where to write the output. */
  String table() {
    return inside("table");
  }

  /** Returns where to write its side table. */
  String damaged() {
    return inside("damaged");
  }

  /** Returns where the side table will be, as the user would name it. */
  String damagedPath() {
    return DamagedTable.path(output);
  }

  /** Returns where to write what is needed until the job ends. */
  String work(String name) {
    return inside("work-" + name);
  }

  /** Copies a file of this machine into the output. */
  void add(java.nio.file.Path file) throws IOException {
    Path name = new Path(table(), String.valueOf(file.getFileName()));
    files.copyFromLocalFile(false, false, new Path(file.toUri()), name);
  }

  private String inside(String name) {
    return new Path(unfinished, name).toString();
  }

  /**
   * Gives the output its name; the side table is there before it, so that who sees the output sees
   * all of it.
   *
   * @throws IOException if the name is taken by now, or a file system does not rename
   */
  void commit() throws IOException {
    requireNew();
    boolean hasDamaged = files.exists(new Path(damaged()));
    if (hasDamaged) {
      rename(new Path(damaged()), side);
    }
    try {
      rename(new Path(table()), target);
    } catch (IOException e) {
      if (hasDamaged) {
        files.delete(side, true);
      }
      throw e;
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException(
          "%s: cannot be renamed to %s. Check permissions and free space.".formatted(from, to));
    }
  }

  private void requireNew() throws IOException {
    for (String path : List.of(output, damagedPath())) {
      if (files.exists(new Path(path))) {
        throw new FileAlreadyExistsException(
            path + ": exists already and is not overwritten. Name another path.");
      }
    }
  }

  /** Deletes what was not committed; once more at the end of the process, if tasks still wrote. */
  @Override
  public void close() {
    delete();
  }

  private void delete() {
    try {
      files.delete(unfinished, true);
    } catch (IOException e) {
      LOG.warn("{}: cannot be deleted: {}. Delete it by hand.", unfinished, e.getMessage());
    }
  }
}
