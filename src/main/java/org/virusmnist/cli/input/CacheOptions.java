package org.virusmnist.cli.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.DataCache;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.Labels;
import org.virusmnist.model.FeatureCache;
import picocli.CommandLine.Option;

/** Whether parsed files and features are kept between runs, and where. */
public final class CacheOptions {
  private static final Logger LOG = LogManager.getLogger(CacheOptions.class);

  /** Names the cache's directory. */
  public static final String VARIABLE = "VIRUS_MNIST_CACHE";

  /** A plain CSV file of about 70,000 rows, whose features take 360 MB. */
  private static final long MAX_FILE_BYTES = 256L << 20;

  @Option(
      names = "--no-cache",
      description =
          "Neither use nor fill the cache of parsed files and features"
              + " (VIRUS_MNIST_CACHE, by default ~/.cache/virus-mnist).")
  private boolean isOff;

  /** Returns the cache's directory, as the environment has it. */
  public static Path directory(Map<String, String> environment, String home) {
    String own = environment.getOrDefault(VARIABLE, "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String all = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (all.isEmpty() ? Path.of(home, ".cache") : Path.of(all)).resolve("virus-mnist");
  }

  /** Returns where caches are, from the environment or the user's home. */
  public static Path directory() {
    return directory(System.getenv(), System.getProperty("user.home"));
  }

  /** Returns whether a file is worth keeping in memory and cache, rather than read as a stream. */
  public boolean holds(Path file) throws IOException {
    long most = file.toString().endsWith(".gz") ? MAX_FILE_BYTES / 8 : MAX_FILE_BYTES;
    return !isOff && Files.isRegularFile(file) && Files.size(file) <= most;
  }

  /** Reads a labelled file, from the cache where it holds it. */
  public CachedImages read(Path file, int classCount) throws IOException {
    if (isOff) {
      return new CachedImages(ImageCsv.read(file, classCount, Labels.REQUIRED), null, false, null);
    }
    CachedImages images =
        new DataCache(directory(), DataCache.DEFAULT_MAX_BYTES)
            .read(file, classCount, Labels.REQUIRED);
    if (images.fromCache()) {
      LOG.debug("{}: parsed before, taken from the cache", file);
    } else if (images.notStored() != null) {
      LOG.debug("{}: not cached: {}", file, images.notStored().getMessage());
    }
    return images;
  }

  /** Returns where features are kept, or null if they are not. */
  public @Nullable FeatureCache features() {
    return isOff ? null : new FeatureCache(directory(), DataCache.DEFAULT_MAX_BYTES);
  }
}
