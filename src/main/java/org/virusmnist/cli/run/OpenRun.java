package org.virusmnist.cli.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.RunDirectory;
import org.virusmnist.storage.DirectoryLock;
import org.virusmnist.storage.Unfinished;

/**
 * A run directory that belongs to this process.
 *
 * @param directory the directory
 * @param lock keeps every other process out
 * @param isResumed whether an earlier process has begun the run
 */
public record OpenRun(RunDirectory directory, DirectoryLock lock, boolean isResumed)
    implements AutoCloseable {

  /** Makes or finds the directory, once the configuration is known. */
  @FunctionalInterface
  public interface Opening {
    OpenRun open(Map<String, Object> config) throws IOException;
  }

  /** Makes a directory that has its {@code config.json} from the first moment. */
  public static OpenRun create(@Nullable Path root, Map<String, Object> config) throws IOException {
    return create(root, Path.of("runs"), config);
  }

  /** The same, with the place of directories that nobody has named. */
  public static OpenRun create(@Nullable Path root, Path parent, Map<String, Object> config)
      throws IOException {
    AtomicConfig writer = new AtomicConfig(config);
    if (root != null && Files.isDirectory(root)) {
      return fill(root, writer);
    }
    RunDirectory directory =
        root == null
            ? RunDirectory.createNumbered(parent, writer::writeTo)
            : RunDirectory.create(root, writer::writeTo);
    return new OpenRun(directory, DirectoryLock.acquire(directory.root()), false);
  }

  /** An empty directory may be found by two processes at a time: only one of them fills it. */
  private static OpenRun fill(Path root, AtomicConfig writer) throws IOException {
    RunDirectory.requireUnused(root);
    DirectoryLock lock = DirectoryLock.acquire(root);
    try {
      return new OpenRun(RunDirectory.create(root, writer::writeTo), lock, false);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private record AtomicConfig(Map<String, Object> config) {
    void writeTo(Path directory) throws IOException {
      ConfigJson.write(new RunDirectory(directory).config(), config);
    }
  }

  /** Takes over what an earlier process has begun. */
  public static OpenRun takeOver(Path root) throws IOException {
    RunDirectory directory = new RunDirectory(root);
    if (!Files.isRegularFile(directory.config())) {
      throw Files.isDirectory(root)
          ? new DirectoryNotEmptyException(root.toString())
          : new IOException(root + ": no run is there. Check the path.");
    }
    OpenRun run = new OpenRun(directory, DirectoryLock.acquire(root), true);
    Unfinished.delete(root);
    return run;
  }

  /** Returns the options the run was begun with. */
  public RecordedArguments arguments() throws IOException {
    return RecordedArguments.recorded(directory.config(), ConfigJson.read(directory.config()));
  }

  /** Returns this run, when the configuration is the one it was begun with. */
  public OpenRun requireSame(Map<String, Object> config) throws IOException {
    RunIdentity.requireSame(
        directory.root(),
        RunIdentity.of(ConfigJson.read(directory.config())),
        RunIdentity.of(config));
    return this;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
