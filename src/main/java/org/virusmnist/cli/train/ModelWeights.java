package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.virusmnist.cli.run.CheckpointFiles;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.TrainedVariables;
import org.virusmnist.training.Resumable;

/** The variables of an open model that training has changed, in a checkpoint. */
final class ModelWeights implements Resumable, CheckpointFiles {
  private static final String PREFIX = "variables";
  private static final String SIGNATURES = "signatures";

  private final TrainedVariables variables;
  private List<String> signatures = List.of();

  ModelWeights(ClassifierModel model, boolean trainsOnFeatures) {
    variables = new TrainedVariables(model, trainsOnFeatures);
  }

  @Override
  public String name() {
    return PREFIX;
  }

  @Override
  public Map<String, String> save() {
    return Map.of(SIGNATURES, String.join(" ", variables.signatures()));
  }

  @Override
  public void restore(Map<String, String> saved) {
    signatures = List.of(saved.getOrDefault(SIGNATURES, "").split(" ", -1));
  }

  @Override
  public void saveTo(Path checkpoint) throws IOException {
    variables.save(checkpoint.resolve(PREFIX));
  }

  @Override
  public void restoreFrom(Path checkpoint) throws IOException {
    variables.restore(checkpoint.resolve(PREFIX), signatures);
  }
}
