package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.virusmnist.model.ClassifierModel;

/** The variables of an open model, in a checkpoint. */
record ModelWeights(ClassifierModel model) implements TrainCheckpoints.Weights {
  @Override
  public void save(Path prefix) throws IOException {
    model.save(prefix);
  }

  @Override
  public void restore(Path prefix) throws IOException {
    model.restore(prefix);
  }
}
