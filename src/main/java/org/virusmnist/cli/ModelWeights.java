package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.virusmnist.model.ClassifierModel;

/**
 * The variables of an open model in a checkpoint, and the weights that training has set aside.
 *
 * @param model the model
 * @param kept what was set aside
 */
record ModelWeights(ClassifierModel model, List<KeptWeights> kept)
    implements TrainCheckpoints.Weights {
  @Override
  public void save(Path prefix) throws IOException {
    model.save(prefix);
    for (KeptWeights weights : kept) {
      weights.saveTo(prefix.resolveSibling(""));
    }
  }

  @Override
  public void restore(Path prefix) throws IOException {
    model.restore(prefix);
    for (KeptWeights weights : kept) {
      weights.restoreFrom(prefix.resolveSibling(""));
    }
  }
}
