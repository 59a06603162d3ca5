package org.virusmnist.model;

import org.jspecify.annotations.Nullable;

/** The signatures that load rows of one kind into the device's memory and use them there. */
enum ResidentSignatures {
  FEATURES("load_features", "train_head_resident", null, "evaluate_resident"),
  IMAGES("load_images", "train_resident", "fine_tune_resident", "evaluate_images_resident");

  private final String load;
  private final String train;
  private final @Nullable String fineTune;
  private final String evaluate;

  ResidentSignatures(String load, String train, @Nullable String fineTune, String evaluate) {
    this.load = load;
    this.train = train;
    this.fineTune = fineTune;
    this.evaluate = evaluate;
  }

  String load() {
    return load;
  }

  String train() {
    return train;
  }

  String fineTune() {
    if (fineTune == null) {
      throw new UnsupportedOperationException("the base cannot be trained on features");
    }
    return fineTune;
  }

  String evaluate() {
    return evaluate;
  }
}
