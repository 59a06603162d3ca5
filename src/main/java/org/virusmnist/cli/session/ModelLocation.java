package org.virusmnist.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.ModelTraining;
import org.virusmnist.report.RunDirectory;

/**
 * What {@code --model} names: a run directory, its model, or an exported SavedModel.
 *
 * @param directory the SavedModel's directory
 * @param training what {@code train} wrote beside the graph; null for a model as exported
 */
public record ModelLocation(Path directory, @Nullable ModelTraining training) {
  private static final Logger LOG = LogManager.getLogger(ModelLocation.class);

  /**
   * Finds a SavedModel in a run or a directory; throws {@code IOException} naming what was
   * expected.
   */
  public static ModelLocation find(Path path) throws IOException {
    Path directory = RunDirectory.modelOf(path);
    return new ModelLocation(directory, ModelTraining.read(directory));
  }

  boolean isTrained() {
    return training != null;
  }

  /** Returns what calibrates the model's probabilities, or null for one as exported. */
  public @Nullable TemperatureScaling temperature() {
    Double temperature = training == null ? null : training.temperature();
    return temperature == null ? null : new TemperatureScaling(temperature);
  }

  /** Returns whose logits are explained where it is not the whole model, or empty. */
  public String explains() throws IOException {
    return explains(directory);
  }

  /** Returns the command that explains rows with the model in a directory. */
  public static String explains(Path directory) throws IOException {
    Path contract = directory.resolve("contract.json");
    return Files.isRegularFile(contract)
        ? new JsonTree(ConfigJson.read(contract)).at("head", "explain").text()
        : "";
  }

  /** Warns of a head that has learnt nothing. */
  public void warnIfUntrained() throws IOException {
    Path contract = directory.resolve("contract.json");
    if (!isTrained()) {
      LOG.warn(
          "{}: this SavedModel is untrained, its head has the random weights of seed {}."
              + " Name a run directory for a trained one.",
          directory,
          Files.isRegularFile(contract) ? ConfigJson.read(contract).get("seed") : "unknown");
    }
  }

  /** Returns the names asked for, those the model was trained with, or those beside the data. */
  public ClassNames classNames(Path data, @Nullable Path file, int classCount) throws IOException {
    if (file == null && training != null) {
      return ClassNames.of(training.classNames());
    }
    return DataOptions.classNames(data, file, classCount);
  }
}
