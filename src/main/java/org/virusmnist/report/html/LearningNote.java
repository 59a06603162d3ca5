package org.virusmnist.report.html;

import java.util.List;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/** What to make of the curves. */
final class LearningNote {
  /** Smaller differences between validation and test are not worth a warning. */
  private static final double NOTABLE = 0.01;

  private LearningNote() {}

  /** Returns how far validation flatters, empty where it does not or that is not known. */
  static String finding(RunValues run) {
    List<Epoch> epochs = run.history().history().epochs();
    if (epochs.isEmpty() || !isSplitAtRandom(run.config()) || isCrossValidated(run)) {
      return "";
    }
    double validation = epochs.get(epochs.size() - 1).valAccuracy();
    double test = run.result().evaluation().accuracy();
    return validation - test >= NOTABLE
        ? "Validation is %s above test (%s in the last epoch, %s on test rows): its rows are drawn at random from the training file and may be near copies of rows that were fitted. Do not use it as an estimate."
            .formatted(Text.points(validation - test), Text.percent(validation), Text.percent(test))
        : "";
  }

  /** Returns how the curves were measured. */
  static String method(RunValues run) {
    String curves =
        "The training curve is the mean over an epoch while the weights still change, the"
            + " validation curve is taken after it. Epochs count from 1, in the files from 0.";
    return isCrossValidated(run) ? curves + " Both are means over the folds." : curves;
  }

  private static boolean isCrossValidated(RunValues run) {
    return run.details().crossValidation().isPresent();
  }

  private static boolean isSplitAtRandom(JsonTree config) {
    JsonTree train = config.at("data", "train", "sha256");
    return train.isPresent()
        && train.equals(config.at("data", "validation", "sha256"))
        && !config.at("options", "groups").isPresent();
  }
}
