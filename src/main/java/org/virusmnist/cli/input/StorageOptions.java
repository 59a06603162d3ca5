package org.virusmnist.cli.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageFiles;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where images and features are kept while training runs. */
public final class StorageOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--storage",
      paramLabel = "auto|memory|disk",
      defaultValue = "auto",
      description =
          "Keep images and features in memory, or in mapped files in --work-directory; the result is"
              + " the same (default: auto, on disk when images would fill a quarter of Java's memory).")
  private Choice choice = Choice.AUTO;

  @Option(
      names = "--work-directory",
      paramLabel = "DIR",
      description = "Where these files are, while training runs (default: the cache's directory).")
  private @Nullable Path workDirectory;

  /** Where rows are. */
  enum Choice {
    AUTO,
    MEMORY,
    DISK
  }

  /** Makes the place for what is read from files; in memory where something needs that. */
  public TrainingStorage open(List<ImageFiles> files, CacheOptions cache, boolean needsMemory)
      throws IOException {
    return !needsMemory && isOnDisk(files)
        ? TrainingStorage.onDisk(workDirectory == null ? CacheOptions.directory() : workDirectory)
        : TrainingStorage.inMemory(cache);
  }

  private boolean isOnDisk(List<ImageFiles> files) {
    long bytes = files.stream().mapToLong(ImageFiles::estimatedBytes).sum();
    return choice == Choice.DISK
        || (choice == Choice.AUTO && bytes > Runtime.getRuntime().maxMemory() / 4);
  }

  /** Refuses what needs all rows in Java's memory. */
  public void requireMemory(String option) {
    if (choice == Choice.DISK) {
      throw new ParameterException(
          spec.commandLine(),
          "--storage is disk and %s is given, which needs memory".formatted(option));
    }
  }
}
