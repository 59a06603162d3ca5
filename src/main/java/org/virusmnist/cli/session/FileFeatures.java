package org.virusmnist.cli.session;

import java.io.IOException;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.model.FeatureRows;

/** The features of whole files, in memory or on disk; closing it frees them. */
public interface FileFeatures extends AutoCloseable {
  /** Returns the features of a file's images, in the order of the file, computed once. */
  FeatureRows of(CachedImages file) throws IOException;

  @Override
  void close();
}
