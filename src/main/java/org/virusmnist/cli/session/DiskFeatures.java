package org.virusmnist.cli.session;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.virusmnist.cli.input.TrainingStorage;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Shards;
import org.virusmnist.inference.RowRanges;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.FeatureShards;
import org.virusmnist.model.Features;

/** Features in mapped files of the work directory, which goes when the run ends. */
public final class DiskFeatures implements FileFeatures {
  private final ClassifierModel model;
  private final InferenceRunner inference;
  private final TrainingStorage storage;
  private final Map<CachedImages, FeatureShards> opened = new LinkedHashMap<>();

  /** Computes features with a model into a storage's files. */
  public DiskFeatures(ClassifierModel model, InferenceRunner inference, TrainingStorage storage) {
    this.model = model;
    this.inference = inference;
    this.storage = storage;
  }

  @Override
  public FeatureShards of(CachedImages file) throws IOException {
    FeatureShards known = opened.get(file);
    if (known == null) {
      known = compute(file.images());
      opened.put(file, known);
    }
    return known;
  }

  private FeatureShards compute(ImageSet images) throws IOException {
    int width = model.shape().featureCount();
    storage
        .work()
        .requireSpace(
            (long) images.size() * width * Float.BYTES, "the features of " + images.source());
    return FeatureShards.write(
        storage.nextPath("features"),
        Shards.of(images.size()),
        width,
        sink ->
            inference.forEachRange(images.size(), range -> features(images, range), sink::append));
  }

  /** Through Java's memory, so that nothing has to be freed where a later batch fails. */
  private float[] features(ImageSet images, RowRanges.Range range) {
    float[] values = new float[range.count() * model.shape().featureCount()];
    try (Features features = model.newFeatures(range.count())) {
      model.features(images.select(range.rows()), 0, range.count(), features);
      features.read(0, values);
    }
    return values;
  }

  @Override
  public void close() {
    opened.clear();
  }
}
