package org.virusmnist.cli.input;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Predictions;
import org.virusmnist.metrics.Selection;
import org.virusmnist.metrics.TwoStage;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How scores are read beyond a prediction a row: two stages, and rows that are left undecided. */
public final class ReadingOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--benign-class",
      paramLabel = "CLASS",
      description =
          "The class that is not malicious (0 in Virus-MNIST): also report benign against malicious,"
              + " then the class among the malicious rows.")
  private @Nullable Integer benignClass;

  @Option(
      names = "--unsure-below",
      paramLabel = "PROBABILITY",
      description =
          "Also report how many predictions reach this probability, and how many of those are right:"
              + " the calibrated probability, as predict has it, of one trained model; the mean of"
              + " an ensemble and a model as exported are not calibrated.")
  private @Nullable Double unsureBelow;

  /** Whether there is anything to report. */
  public boolean isAsked() {
    return benignClass != null || unsureBelow != null;
  }

  /** Refuses what is out of range. */
  public void check(int classCount) {
    if (benignClass != null && (benignClass < 0 || benignClass >= classCount)) {
      throw usage("--benign-class is %d, expected 0 to %d".formatted(benignClass, classCount - 1));
    }
    if (unsureBelow != null && !(unsureBelow >= 0 && unsureBelow <= 1)) {
      throw usage("--unsure-below is " + unsureBelow + ", expected 0 to 1");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * Returns what {@code evaluation.json} and {@code --json} say of these readings; nothing where
   * none was asked.
   *
   * <p>Two stages are read from the probabilities that the model gives, what is unsure from the
   * calibrated ones where there are any.
   */
  public Map<String, Object> values(Predictions predictions, int classCount) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (benignClass != null) {
      values.put("two_stage", twoStage(TwoStage.of(predictions.given(), classCount, benignClass)));
    }
    if (unsureBelow != null) {
      Selection selection = Selection.of(predictions.toJudge(), unsureBelow);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("below", selection.threshold());
      json.put("calibrated", predictions.isCalibrated());
      json.put("unsure_rows", selection.rows() - selection.sure());
      json.put("coverage", selection.coverage());
      json.put("accuracy_when_sure", selection.accuracy());
      values.put("unsure", json);
    }
    return values;
  }

  private static Map<String, Object> twoStage(TwoStage result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("benign_class", result.benignClass());
    json.put("benign_rows", result.benign());
    json.put("malicious_rows", result.malicious());
    json.put("detection_accuracy", result.detectionAccuracy());
    json.put("detection_rate", result.detectionRate());
    json.put("false_positive_rate", result.falsePositiveRate());
    json.put("detection_precision", result.detectionPrecision());
    json.put("roc_auc", Double.isNaN(result.rocAuc()) ? "undefined" : result.rocAuc());
    json.put("family_accuracy", result.familyAccuracy());
    json.put("family_macro_f1", result.familyMacroF1());
    return json;
  }

  /** Prints the same in sentences. */
  public void print(Predictions predictions, int classCount, PrintWriter out) {
    if (benignClass != null) {
      TwoStage result = TwoStage.of(predictions.given(), classCount, benignClass);
      out.println(
          String.format(
              Locale.ROOT,
              "Malicious or benign: accuracy %.4f, %.2f %% of %d malicious rows found, %.2f %% of"
                  + " %d benign rows alarmed, ROC AUC %.4f",
              result.detectionAccuracy(),
              100 * result.detectionRate(),
              result.malicious(),
              100 * result.falsePositiveRate(),
              result.benign(),
              result.rocAuc()));
      out.println(
          String.format(
              Locale.ROOT,
              "Class among malicious rows: accuracy %.4f, macro F1 %.4f",
              result.familyAccuracy(),
              result.familyMacroF1()));
    }
    if (unsureBelow != null) {
      Selection selection = Selection.of(predictions.toJudge(), unsureBelow);
      out.println(
          String.format(
              Locale.ROOT,
              "Unsure below %.3f: %d of %d rows; the others are right in %.2f %% (coverage %.2f %%,"
                  + " %s)",
              selection.threshold(),
              selection.rows() - selection.sure(),
              selection.rows(),
              100 * selection.accuracy(),
              100 * selection.coverage(),
              predictions.isCalibrated()
                  ? "calibrated probabilities"
                  : "probabilities not calibrated"));
    }
  }

  /** Returns what {@code config.json} says of it. */
  public Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    if (benignClass != null) {
      record.put("benign_class", benignClass);
    }
    if (unsureBelow != null) {
      record.put("unsure_below", unsureBelow);
    }
    return record;
  }
}
