package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code training.json} in the directory of a trained model: what the model must carry with it to
 * be used.
 *
 * @param classNames names of the classes, class 0 first
 * @param testAccuracy share of the test rows it got right
 * @param temperature divisor of the logits that calibrates its probabilities, fitted on the
 *     validation rows; null if not known
 * @param imageRecipe how the images it was trained on were made out of executables; null if not
 *     known
 */
public record ModelTraining(
    List<String> classNames,
    double testAccuracy,
    @Nullable Double temperature,
    @Nullable String imageRecipe) {
  private static final String FILE = "training.json";
  private static final String CLASS_NAMES = "class_names";
  private static final String TEST_ACCURACY = "test_accuracy";
  private static final String TEMPERATURE = "temperature";
  private static final String IMAGE_RECIPE = "image_recipe";

  /** Copies the names. */
  public ModelTraining {
    classNames = List.copyOf(classNames);
  }

  /**
   * Returns where a model keeps it.
   *
   * @param model the directory of a SavedModel
   */
  public static Path file(Path model) {
    return model.resolve(FILE);
  }

  /**
   * Reads what a model knows of its training.
   *
   * @param model the directory of a SavedModel
   * @return the content, or null where there is no file: the model is as exported
   * @throws IOException if it cannot be read or says something else, with its name
   */
  public static @Nullable ModelTraining read(Path model) throws IOException {
    Path file = file(model);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    Map<String, @Nullable Object> json = ConfigJson.read(file);
    List<String> names = new ArrayList<>();
    if (json.get(CLASS_NAMES) instanceof List<?> list) {
      list.forEach(name -> names.add(String.valueOf(name)));
    }
    if (names.isEmpty() || !(json.get(TEST_ACCURACY) instanceof Number accuracy)) {
      throw new IOException(file + ": has no class_names or no test_accuracy. Train again.");
    }
    Double temperature = json.get(TEMPERATURE) instanceof Number n ? n.doubleValue() : null;
    if (temperature != null && !(temperature > 0 && Double.isFinite(temperature))) {
      throw new IOException(file + ": temperature is " + temperature + ", expected more than 0");
    }
    String recipe = json.get(IMAGE_RECIPE) instanceof String text ? text : null;
    return new ModelTraining(names, accuracy.doubleValue(), temperature, recipe);
  }

  /**
   * Writes the file.
   *
   * @param model the directory of a SavedModel
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public void write(Path model) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(CLASS_NAMES, classNames);
    json.put(TEST_ACCURACY, testAccuracy);
    if (temperature != null) {
      json.put(TEMPERATURE, temperature);
    }
    if (imageRecipe != null) {
      json.put(IMAGE_RECIPE, imageRecipe);
    }
    ConfigJson.write(file(model), json);
  }
}
