package org.virusmnist.cli.input;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ImageFiles;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.storage.WorkDirectory;

/**
 * Where a training run keeps what it reads and computes: in memory, or in files that go with it.
 */
public final class TrainingStorage implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger(TrainingStorage.class);

  private final @Nullable CacheOptions cache;
  private final @Nullable WorkDirectory work;
  private int files;

  private TrainingStorage(@Nullable CacheOptions cache, @Nullable WorkDirectory work) {
    this.cache = cache;
    this.work = work;
  }

  /** Returns a storage that keeps every row in memory. */
  public static TrainingStorage inMemory(CacheOptions cache) {
    return new TrainingStorage(cache, null);
  }

  static TrainingStorage onDisk(Path parent) throws IOException {
    WorkDirectory work = WorkDirectory.create(parent);
    LOG.info("Storage     {}", work.path());
    return new TrainingStorage(null, work);
  }

  /** Returns whether rows and features stay in mapped files. */
  public boolean isOnDisk() {
    return work != null;
  }

  /** Returns the directory; there is one on disk only. */
  public WorkDirectory work() {
    if (work == null) {
      throw new IllegalStateException("rows are in memory, expected on disk");
    }
    return work;
  }

  /** Returns a name for the next file. */
  public Path nextPath(String name) {
    return work().path().resolve(name + "-" + files++);
  }

  /** Reads labelled images. */
  public CachedImages read(ImageFiles input, int classCount) throws IOException {
    Path csv = input.onlyCsv();
    if (cache != null && csv != null) {
      return cache.read(csv, classCount);
    }
    ImageSet images =
        work == null
            ? input.read(classCount, Labels.REQUIRED)
            : input.readMapped(classCount, Labels.REQUIRED, nextPath("pixels"));
    return new CachedImages(images, null, false, null);
  }

  @Override
  public void close() throws IOException {
    if (work != null) {
      work.close();
    }
  }
}
