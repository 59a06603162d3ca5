package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.JsonTree;

/**
 * What {@code --model} names: a run directory, its model, or an exported SavedModel.
 *
 * @param directory the SavedModel's directory
 * @param training what {@code train} wrote beside the graph; empty for a model as exported
 */
record ModelLocation(Path directory, Map<String, @Nullable Object> training) {
  /** Written into a trained model's directory, so that the model carries its names with it. */
  static final String TRAINING_FILE = "training.json";

  private static final Logger LOG = LogManager.getLogger(ModelLocation.class);
  private static final String CLASS_NAMES = "class_names";

  static ModelLocation find(Path path) throws IOException {
    Path inRun = path.resolve("model");
    Path directory = Files.isDirectory(inRun) ? inRun : path;
    Path file = directory.resolve(TRAINING_FILE);
    Map<String, @Nullable Object> training = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      training.putAll(ConfigJson.read(file));
    }
    return new ModelLocation(directory, training);
  }

  boolean isTrained() {
    return !training.isEmpty();
  }

  /** Returns whose logits are explained where it is not the whole model, or empty. */
  String explains() throws IOException {
    return explains(directory);
  }

  static String explains(Path directory) throws IOException {
    Path contract = directory.resolve("contract.json");
    return Files.isRegularFile(contract)
        ? new JsonTree(ConfigJson.read(contract)).at("head", "explain").text()
        : "";
  }

  /** Warns of a head that has learnt nothing. */
  void warnIfUntrained() throws IOException {
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
  ClassNames classNames(Path data, @Nullable Path file, int classCount) throws IOException {
    if (file == null && training.get(CLASS_NAMES) instanceof List<?> names) {
      List<String> strings = new ArrayList<>();
      names.forEach(name -> strings.add(String.valueOf(name)));
      return ClassNames.of(strings);
    }
    return DataOptions.classNames(data, file, classCount);
  }
}
