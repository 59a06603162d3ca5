package org.virusmnist.cli.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.Background;
import org.virusmnist.cli.input.FileRows;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.RowRanges;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.FeatureCache;
import org.virusmnist.model.FeatureKey;
import org.virusmnist.model.Features;

/**
 * The features of whole files, from the cache or computed and then kept there.
 *
 * <p>Always of the whole file in its own order: how a seed splits it changes no bit of them. They
 * are written to the cache in the background; this object owns the features it gives and closing it
 * waits for that.
 */
public final class FeatureSource implements FileFeatures {
  private static final Logger LOG = LogManager.getLogger(FeatureSource.class);

  private final ClassifierModel model;
  private final InferenceRunner inference;
  private final @Nullable FeatureCache cache;
  private final Map<CachedImages, Features> opened = new LinkedHashMap<>();
  private final List<Features> selected = new ArrayList<>();
  private final List<Background<?>> writes = new ArrayList<>();
  private final @Nullable FeatureSource owner;
  private long computed;

  /** Takes features from the cache, or from the model where there is none. */
  public FeatureSource(
      ClassifierModel model, InferenceRunner inference, @Nullable FeatureCache cache) {
    this.model = model;
    this.inference = inference;
    this.cache = cache;
    this.owner = null;
  }

  private FeatureSource(FeatureSource owner) {
    this.model = owner.model;
    this.inference = owner.inference;
    this.cache = owner.cache;
    this.owner = owner;
  }

  /** Returns a source of the same features; closing it leaves those of whole files open. */
  public FeatureSource lent() {
    return new FeatureSource(this);
  }

  /** Returns the features of some rows; they are closed with this source. */
  public Features of(FileRows wanted) throws IOException {
    Features all = of(wanted.file());
    if (wanted.isWholeFile()) {
      return all;
    }
    Features rows = all.select(wanted.rows());
    selected.add(rows);
    return rows;
  }

  @Override
  public Features of(CachedImages file) throws IOException {
    if (owner != null) {
      return owner.of(file);
    }
    Features known = opened.get(file);
    return known == null ? open(file) : known;
  }

  private Features open(CachedImages file) throws IOException {
    Features features = model.newFeatures(file.images().size());
    opened.put(file, features);
    if (cache == null || file.fingerprint() == null) {
      compute(file.images(), features);
      return features;
    }
    FeatureKey key = key(file.fingerprint());
    if (cache.read(key, features)) {
      LOG.debug("{}: features taken from the cache", file.images().source());
    } else {
      compute(file.images(), features);
      writes.add(Background.run("feature-cache", () -> store(cache, key, features)));
    }
    return features;
  }

  private FeatureKey key(String images) {
    return new FeatureKey(
        images,
        model.featuresFingerprint(),
        inference.precision(),
        model.deviceName(),
        inference.batchSize());
  }

  /** Returns how many images went through the model so far: none where all were in the cache. */
  public long computed() {
    return computed;
  }

  private void compute(ImageSet images, Features features) throws IOException {
    computed += images.size();
    inference.forEachRange(images.size(), range -> fill(images, range, features));
  }

  private void fill(ImageSet images, RowRanges.Range range, Features features) {
    model.features(images, range.from(), range.count(), features);
  }

  /** A cache that cannot be written costs time in the next run, not this one. */
  private static void store(FeatureCache cache, FeatureKey key, Features features) {
    try {
      cache.write(key, features);
    } catch (IOException e) {
      LOG.debug("features not cached: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    writes.forEach(Background::close); // they read what is closed next
    selected.forEach(Features::close);
    opened.values().forEach(Features::close);
  }
}
