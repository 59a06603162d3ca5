package org.virusmnist.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;

/**
 * Names, types and shapes of the signatures a SavedModel must have.
 *
 * <p>The one place where signature names are written. Dimensions that differ between models are
 * negative: {@link #ANY} for a number of rows or steps, {@link #FEATURES} and {@link #CLASSES} for
 * the model's own sizes, which must agree between its signatures.
 */
final class ModelSignatures {
  static final String SERVING_DEFAULT = "serving_default";
  static final String FEATURES_OF_IMAGES = "features";
  static final String INITIALIZE = "initialize";
  static final String TRAIN_HEAD = "train_head";
  static final String TRAIN = "train";
  static final String FINE_TUNE = "fine_tune";
  static final String FINE_TUNE_PARTS = "fine_tune_parts";
  static final String FINE_TUNE_PARTS_RESIDENT = "fine_tune_parts_resident";
  static final String EVALUATE = "evaluate";
  static final String EXPLAIN = "explain";

  private static final Set<String> READING =
      Set.of(SERVING_DEFAULT, FEATURES_OF_IMAGES, EVALUATE, EXPLAIN);

  /** A dimension the caller chooses. */
  static final long ANY = -1;

  /** The number of features per image, F. */
  static final long FEATURES = -2;

  /** The number of classes, C. */
  static final long CLASSES = -3;

  static final int SIDE = 32;
  static final int CHANNELS = 3;

  private static final TensorSpec IMAGES =
      new TensorSpec(DataType.DT_UINT8, ANY, SIDE, SIDE, CHANNELS);
  private static final TensorSpec FEATURE_ROWS = new TensorSpec(DataType.DT_FLOAT, ANY, FEATURES);
  private static final TensorSpec LABELS = new TensorSpec(DataType.DT_INT32, ANY);
  private static final TensorSpec PROBABILITIES = new TensorSpec(DataType.DT_FLOAT, ANY, CLASSES);
  private static final TensorSpec FLOAT_ROWS = new TensorSpec(DataType.DT_FLOAT, ANY);
  private static final TensorSpec FLOAT_SCALAR = new TensorSpec(DataType.DT_FLOAT);
  private static final TensorSpec LONG_SCALAR = new TensorSpec(DataType.DT_INT64);

  private static final Map<String, TensorSpec> STEP_SETTINGS =
      Map.of(
          "batches", new TensorSpec(DataType.DT_INT32, ANY, ANY),
          "learning_rates", FLOAT_ROWS,
          "dropout", FLOAT_SCALAR,
          "label_smoothing", FLOAT_SCALAR,
          "weight_decay", FLOAT_SCALAR,
          "class_weights", new TensorSpec(DataType.DT_FLOAT, CLASSES),
          "seed", LONG_SCALAR);
  private static final Map<String, TensorSpec> STEP_OUTPUTS =
      Map.of("losses", FLOAT_ROWS, "correct", LABELS);

  /** Every signature of the contract, in the order messages name them. */
  static final List<SignatureSpec> ALL =
      List.of(
          new SignatureSpec(
              SERVING_DEFAULT, Map.of("images", IMAGES), Map.of("probabilities", PROBABILITIES)),
          new SignatureSpec(
              FEATURES_OF_IMAGES, Map.of("images", IMAGES), Map.of("features", FEATURE_ROWS)),
          new SignatureSpec(INITIALIZE, Map.of("seed", LONG_SCALAR), Map.of("step", LONG_SCALAR)),
          new SignatureSpec(TRAIN_HEAD, withInput("features", FEATURE_ROWS), STEP_OUTPUTS),
          new SignatureSpec(TRAIN, withInput("images", IMAGES), STEP_OUTPUTS),
          new SignatureSpec(FINE_TUNE, withInput("images", IMAGES), STEP_OUTPUTS),
          new SignatureSpec(
              EVALUATE,
              Map.of("features", FEATURE_ROWS, "labels", LABELS),
              Map.of("losses", FLOAT_ROWS, "probabilities", PROBABILITIES)),
          new SignatureSpec(
              EXPLAIN,
              Map.of(
                  "images", IMAGES, "classes", LABELS, "steps", new TensorSpec(DataType.DT_INT32)),
              Map.of(
                  "attributions", new TensorSpec(DataType.DT_FLOAT, ANY, SIDE, SIDE),
                  "logits", FLOAT_ROWS,
                  "baseline_logits", FLOAT_ROWS)));

  /** Signatures that keep rows on the device; a model without them is fed with every call. */
  static final List<SignatureSpec> RESIDENT =
      List.of(
          loading(ResidentSignatures.FEATURES.load(), "features", FEATURE_ROWS),
          loading(ResidentSignatures.IMAGES.load(), "images", IMAGES),
          new SignatureSpec(ResidentSignatures.FEATURES.train(), STEP_SETTINGS, STEP_OUTPUTS),
          new SignatureSpec(ResidentSignatures.IMAGES.train(), STEP_SETTINGS, STEP_OUTPUTS),
          new SignatureSpec(ResidentSignatures.IMAGES.fineTune(), STEP_SETTINGS, STEP_OUTPUTS),
          scoring(ResidentSignatures.FEATURES.evaluate()),
          scoring(ResidentSignatures.IMAGES.evaluate()));

  /** Signatures that train the base otherwise than the head; a model may be without them. */
  static final List<SignatureSpec> PARTS =
      List.of(
          new SignatureSpec(FINE_TUNE_PARTS, withParts(withInput("images", IMAGES)), STEP_OUTPUTS),
          new SignatureSpec(FINE_TUNE_PARTS_RESIDENT, withParts(STEP_SETTINGS), STEP_OUTPUTS));

  private ModelSignatures() {}

  private static SignatureSpec loading(String name, String rows, TensorSpec spec) {
    TensorSpec number = new TensorSpec(DataType.DT_INT32);
    return new SignatureSpec(
        name,
        Map.of(rows, spec, "labels", LABELS, "first_row", number, "room", number),
        Map.of("room", number));
  }

  private static SignatureSpec scoring(String name) {
    return new SignatureSpec(
        name, Map.of("rows", LABELS), Map.of("losses", FLOAT_ROWS, "probabilities", PROBABILITIES));
  }

  private static Map<String, TensorSpec> withParts(Map<String, TensorSpec> training) {
    Map<String, TensorSpec> inputs = new TreeMap<>(training);
    inputs.put("base_learning_rates", FLOAT_ROWS);
    inputs.put("trainable_blocks", new TensorSpec(DataType.DT_INT32));
    return inputs;
  }

  private static Map<String, TensorSpec> withInput(String name, TensorSpec spec) {
    Map<String, TensorSpec> inputs = new TreeMap<>(STEP_SETTINGS);
    inputs.put("labels", LABELS);
    inputs.put(name, spec);
    return inputs;
  }

  /**
   * What one signature takes and returns.
   *
   * @param name the signature's key
   * @param inputs each input by name
   * @param outputs each output by name
   */
  record SignatureSpec(
      String name, Map<String, TensorSpec> inputs, Map<String, TensorSpec> outputs) {

    /** Returns this signature with the model's own sizes in place of their symbols. */
    SignatureSpec resolve(long featureCount, long classCount) {
      return new SignatureSpec(
          name,
          resolveAll(inputs, featureCount, classCount),
          resolveAll(outputs, featureCount, classCount));
    }

    private static Map<String, TensorSpec> resolveAll(
        Map<String, TensorSpec> specs, long featureCount, long classCount) {
      Map<String, TensorSpec> resolved = new TreeMap<>();
      specs.forEach((name, spec) -> resolved.put(name, spec.resolve(featureCount, classCount)));
      return resolved;
    }
  }

  /** Returns whether a model has every one of some signatures. */
  static boolean areAllIn(List<SignatureSpec> wanted, Map<String, ?> signatures) {
    return wanted.stream().allMatch(spec -> signatures.containsKey(spec.name()));
  }

  /** Returns whether a call may change weights. */
  static boolean changesWeights(String signature) {
    return !READING.contains(signature);
  }
}
