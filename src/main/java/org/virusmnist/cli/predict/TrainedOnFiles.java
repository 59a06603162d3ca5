package org.virusmnist.cli.predict;

import java.util.List;
import org.virusmnist.cli.session.ModelLocation;
import org.virusmnist.imaging.ImageRecipe;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.metrics.VerdictRule;
import org.virusmnist.model.ModelContractException;
import org.virusmnist.report.ModelTraining;

/**
 * What a model must know of its training to judge files.
 *
 * @param classNames names of the classes
 * @param scaling calibrates its probabilities
 * @param recipe how its images were made
 */
record TrainedOnFiles(List<String> classNames, TemperatureScaling scaling, ImageRecipe recipe) {

  /** Takes it from a model, or refuses the model with what to do. */
  static TrainedOnFiles of(ModelLocation location) throws ModelContractException {
    ModelTraining training = trained(location);
    String id = training.imageRecipe();
    if (id == null) {
      throw ModelContractException.unsuitable(
          location.directory(),
          "does not know how its images were made out of executables",
          "Train on a CSV that 'images' wrote, or say how with 'train --image-recipe'.");
    }
    ImageRecipe recipe =
        ImageRecipe.of(id)
            .orElseThrow(
                () ->
                    ModelContractException.unsuitable(
                        location.directory(),
                        "was trained on images of the unknown recipe '%s'".formatted(id),
                        "Use the version of virus-mnist that trained it."));
    return new TrainedOnFiles(training.classNames(), scaling(location, training), recipe);
  }

  /** Returns how to judge images; their recipe does not matter. */
  static VerdictRule rule(ModelLocation location, double unsureBelow)
      throws ModelContractException {
    ModelTraining training = trained(location);
    return new VerdictRule(scaling(location, training), unsureBelow, training.classNames());
  }

  VerdictRule rule(double unsureBelow) {
    return new VerdictRule(scaling, unsureBelow, classNames);
  }

  private static ModelTraining trained(ModelLocation location) throws ModelContractException {
    ModelTraining training = location.training();
    if (training == null) {
      throw ModelContractException.unsuitable(
          location.directory(), "is untrained, so it has no verdicts", "Name a trained run.");
    }
    return training;
  }

  private static TemperatureScaling scaling(ModelLocation location, ModelTraining training)
      throws ModelContractException {
    Double temperature = training.temperature();
    if (temperature == null) {
      throw ModelContractException.unsuitable(
          location.directory(), "has no temperature that calibrates it", "Train it again.");
    }
    return new TemperatureScaling(temperature);
  }
}
