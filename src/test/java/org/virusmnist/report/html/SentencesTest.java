package org.virusmnist.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.virusmnist.metrics.Calibration;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.metrics.ReliabilityBin;
import org.virusmnist.report.Explanation;
import org.virusmnist.report.ExplanationExample;
import org.virusmnist.report.Explanations;
import org.virusmnist.report.RunValues;

/** Sentences that are made from numbers are right and grammatical for any numbers. */
class SentencesTest {
  private static final RunValues RUN = RunExample.run();

  private static String conclusion(long[][] counts) {
    return Conclusion.of(RunExample.with(RUN, counts));
  }

  @Test
  void concludesWithoutRows() {
    assertThat(conclusion(new long[3][3]))
        .isEqualTo("There are no scored rows. Test accuracy is 0.0 %.");
  }

  @Test
  void concludesOfOneClass() {
    assertThat(conclusion(new long[][] {{9, 1}, {0, 0}}))
        .startsWith("The only class with rows is found in 90 % of cases.");
    assertThat(conclusion(new long[][] {{5, 5}, {0, 0}}))
        .startsWith(
            "The only class with rows is found in less than 80 % of cases; class 0 c0 in 50 %.");
  }

  @Test
  void concludesOfAPerfectScore() {
    assertThat(conclusion(new long[][] {{4, 0}, {0, 6}}))
        .isEqualTo("Both classes are found in 100 % of cases. Test accuracy is 100.0 %.");
    assertThat(conclusion(new long[][] {{4, 0, 0}, {0, 6, 0}, {0, 0, 1}}))
        .startsWith("All three classes are found in 100 % of cases.");
  }

  @Test
  void concludesOfClassesThatAreNotFound() {
    assertThat(conclusion(new long[][] {{10, 0, 0}, {9, 1, 0}, {10, 0, 0}}))
        .isEqualTo(
            "One of three classes is found in 100 % of cases; classes 1 c1 and 2 c2 in 0–10 %,"
                + " mostly taken for 0 c0. Test accuracy is 36.7 %.");
    assertThat(conclusion(new long[][] {{10, 0, 0}, {0, 0, 10}, {10, 0, 0}}))
        .contains("; classes 1 c1 and 2 c2 in 0 %. Test");
    assertThat(conclusion(new long[][] {{0, 10}, {10, 0}}))
        .startsWith("None of two classes is found in 80 % of cases or more; classes 0 c0 and 1 c1");
  }

  @Test
  void concludesOfManyClasses() {
    long[][] counts = new long[20][20];
    for (int c = 0; c < 20; c++) {
      counts[c][c] = c < 15 ? 10 : 5;
      counts[c][0] += c < 15 ? 0 : 5;
    }
    counts[14] = new long[20];

    assertThat(conclusion(counts))
        .startsWith(
            "14 of 19 classes with rows are found in 100 % of cases; five classes in 50 %.");
  }

  @Test
  void concludesWithWhatNearCopiesAreWorth() {
    RunValues run = RunExample.with(RUN, audit(1, 1 / 3.0), Explanations.none());

    assertThat(Conclusion.of(run))
        .isEqualTo(
            "One of two classes with rows is found in 100 % of cases; class 1 go_windows in 33 %."
                + " Test accuracy is 50.0 %, 33.3 % without near copies of training rows.");
    assertThat(Conclusion.of(RunExample.with(RUN, audit(0, 0.5), Explanations.none())))
        .endsWith("Test accuracy is 50.0 %.");
    assertThat(Conclusion.of(RUN)).endsWith("Test accuracy is 50.0 %.");
  }

  private static Map<String, Object> audit(int rows, double without) {
    return Map.of(
        "train_rows",
        7,
        "near",
        List.of(
            Map.of("bytes", 16, "rows", rows, "share", rows / 4.0, "accuracy_without", without)));
  }

  @Test
  void saysWhetherTheTestSetLeaks() {
    assertThat(AuditView.verdict(RunExample.with(RUN, audit(1, 1 / 3.0), Explanations.none())))
        .isEqualTo(
            "1 of 4 rows (25.0 %) is a near copy of a training row: 100.0 % of it right, 33.3 % of"
                + " the others (95 % interval 6.1 % to 79.2 %). Test rows were compared with 7 rows.");
    assertThat(AuditView.verdict(RunExample.with(RUN, audit(2, 0.5), Explanations.none())))
        .startsWith("2 of 4 rows (50.0 %) are near copies of training rows: 50.0 % of them right");
    assertThat(AuditView.verdict(RunExample.with(RUN, audit(0, 0.5), Explanations.none())))
        .startsWith("No test row is a near copy of a training row.");
    assertThat(AuditView.verdict(RUN)).isEmpty();
  }

  @Test
  void saysWhichTrainingRowsWereCompared() {
    RunValues audited = RunExample.with(RUN, audit(0, 0.5), Explanations.none());

    assertThat(AuditView.verdict(RunExample.withConfig(audited, split(4, 3))))
        .endsWith(
            "compared with 7 rows of the training file: those that were fitted and those for"
                + " validation.");
    assertThat(AuditView.verdict(RunExample.withConfig(audited, split(7, 3))))
        .endsWith("compared with 7 rows, those that were fitted.");
  }

  private static Map<String, Object> split(int fitted, int validated) {
    return Map.of(
        "data",
        Map.of(
            "train", Map.of("rows", fitted, "sha256", "a"),
            "validation", Map.of("rows", validated, "sha256", "a")));
  }

  @Test
  void warnsOfValidationOnlyWhereItFlatters() {
    // Validation rows are right in 50 % of cases in the last epoch.
    RunValues poor = RunExample.with(RUN, new long[][] {{1, 9}, {9, 1}});
    Map<String, Object> random = split(4, 3);
    Map<String, Object> grouped =
        Map.of("data", random.get("data"), "options", Map.of("groups", "g.csv"));

    assertThat(LearningNote.finding(RunExample.withConfig(poor, random)))
        .startsWith(
            "Validation is 40.0 points above test (50.0 % in the last epoch, 10.0 % on test rows)")
        .endsWith("Do not use it as an estimate.");
    assertThat(LearningNote.finding(RunExample.withConfig(poor, grouped))).isEmpty();
    assertThat(LearningNote.finding(RunExample.withConfig(RUN, random))).isEmpty();
    assertThat(LearningNote.finding(poor)).isEmpty();
    assertThat(LearningNote.method(RunExample.with(poor, null, folds(), null)))
        .endsWith("Both are means over the folds.");
  }

  @Test
  void saysHowFarToTrustProbabilities() {
    assertThat(TrustView.verdict(RUN))
        .isEqualTo("No prediction has a probability of 80 % or more.");
    assertThat(TrustView.calibration(new Calibration(bins(0.9, 0.8), 0.5, 0.25)))
        .startsWith(
            "Probabilities are off by 10.0 points on average (expected calibration error), on the"
                + " whole too sure by 10.0 points; Brier score 0.250");
    assertThat(TrustView.calibration(new Calibration(bins(0.7, 0.8), 0, 0)))
        .contains("too modest by 10.0 points");
    assertThat(TrustView.calibration(new Calibration(bins(0.8, 0.8), 0, 0)))
        .contains("neither too sure nor too modest");
  }

  @Test
  void saysWhichProbabilityIsComparedWithThresholds() {
    RunValues changed = RunExample.with(RUN, scaled(0.5, 0.5), null, null);
    RunValues same = RunExample.with(RUN, scaled(1, 1), null, null);

    assertThat(TrustView.verdict(RunExample.calibrated(changed)))
        .isEqualTo("No prediction has a calibrated probability of 80 % or more.");
    assertThat(TrustView.probability(RunExample.calibrated(same))).isEqualTo("probability");
    assertThat(TrustView.probability(changed)).isEqualTo("probability");
  }

  @Test
  void saysWhyATemperatureThatSharpensIsNotTaken() {
    Calibration before = new Calibration(List.of(), 0, 0);

    assertThat(TrustView.temperature(RunExample.with(RUN, scaled(1, 0.782), null, null), before))
        .startsWith("2,331 validation rows would have the model surer (temperature 0.782).")
        .endsWith("probabilities are left as they are.");
    assertThat(TrustView.temperature(RunExample.with(RUN, scaled(1, 1), null, null), before))
        .isEmpty();
  }

  @Test
  void keepsSomeMistakesOfEveryPairWhereThereAreTooMany() {
    List<PredictionBatch> mistakes = new ArrayList<>();
    for (int row = 0; row < 20; row++) {
      mistakes.add(mistake(row, 0));
    }
    mistakes.add(mistake(20, 1));

    List<PredictionBatch> kept = GalleryView.kept(mistakes, 10);
    assertThat(kept)
        .extracting(one -> one.row(0))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 20L);
    assertThat(GalleryView.kept(mistakes, 500)).isEqualTo(mistakes);
    assertThat(new GalleryView(List.of(), List.of(), 21, List.of(), false).leftOut())
        .startsWith("This page keeps 0 of 21 mistakes: some of every pair of classes");
    assertThat(new GalleryView(List.of(), List.of(), 0, List.of(), false).leftOut()).isEmpty();
  }

  /** A row of class 2 taken for another. */
  private static PredictionBatch mistake(int row, int predicted) {
    float[] probabilities = new float[3];
    probabilities[predicted] = 1;
    return PredictionBatch.of(row, 3, probabilities).withLabels(new int[] {2});
  }

  private static Map<String, Object> scaled(double temperature, double fitted) {
    return Map.of(
        "temperature_scaling",
        Map.of(
            "temperature",
            temperature,
            "fitted_temperature",
            fitted,
            "validation_rows",
            2331,
            "expected_calibration_error",
            0.1,
            "negative_log_likelihood",
            0.5));
  }

  private static List<ReliabilityBin> bins(double confidence, double accuracy) {
    return List.of(new ReliabilityBin(0, 1, 10, confidence, accuracy));
  }

  @Test
  void warnsOfClassesThatAreOftenNamedWrongly() {
    assertThat(TrustView.warnings(RunExample.with(RUN, new long[][] {{9, 0}, {0, 9}}))).isEmpty();
    assertThat(
            TrustView.warnings(
                RunExample.with(RUN, new long[][] {{0, 1, 2}, {8, 1, 0}, {0, 3, 0}})))
        .containsExactly(
            "Doubt 0 c0: of the 8 rows called that, none is right.",
            "Doubt 1 c1: of the 5 rows called that, one is right.",
            "Doubt 2 c2: of the 2 rows called that, none is right.");
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 0.4, better by both.",
    "0.2, 0.6, 'worse by both, so trust the probabilities as they are.'",
    "0.01, 0.6, 'better by the first, worse by the other.'",
    "0.2, 0.4, 'worse by the first, better by the other.'"
  })
  void judgesTheTemperatureByBothScores(double error, double likelihood, String verdict) {
    Map<String, Object> scaling =
        Map.of(
            "temperature",
            0.5,
            "validation_rows",
            1,
            "expected_calibration_error",
            error,
            "negative_log_likelihood",
            likelihood);
    RunValues run = RunExample.with(RUN, Map.of("temperature_scaling", scaling), null, null);

    assertThat(TrustView.temperature(run, new Calibration(bins(0.9, 0.8), 0.5, 0.25)))
        .startsWith("With a temperature of 0.500, fitted on 1 validation row, ")
        .endsWith(verdict);
    assertThat(TrustView.temperature(RUN, new Calibration(List.of(), 0, 0))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "0.81, agree well here (rank correlation 0.81).",
        "0.5, agree in part here (rank correlation 0.50).",
        "0.26, agree little here (rank correlation 0.26): treat the bytes as a hint.",
        "-0.25, disagree here (rank correlation −0.25): rely on neither.",
        "null, How far the two methods agree is not known here."
      })
  void saysHowFarTheMethodsAgree(@Nullable Double correlation, String end) {
    assertThat(ExplanationView.agreement(explanation(correlation))).endsWith(end);
  }

  private static Explanation explanation(@Nullable Double correlation) {
    return new Explanation(
        0,
        null,
        1,
        0,
        0.9,
        0,
        1,
        0,
        0,
        correlation,
        List.of(),
        List.of(),
        "01020304",
        new float[] {0.5f, -1, 2, 0.25f},
        new float[] {0.25f, 1, 0, -1});
  }

  @Test
  void listsBytesByDirectionAndMethod() {
    ByteLists lists = new ByteLists(explanation(null));

    assertThat(lists.towards(2)).containsExactly(2, 0);
    assertThat(lists.against(3)).containsExactly(1);
    assertThat(lists.missed(3)).containsExactly(1, 0);
    assertThat(lists.isHighInBoth(0)).isTrue();
    assertThat(lists.isHighInBoth(1)).as("the signs differ").isFalse();
    assertThat(lists.isHighInBoth(2)).as("occlusion is 0").isFalse();
  }

  @Test
  void namesTheBytesOfAMistake() {
    assertThat(ExplanationView.mostImportant(explanation(0.26)))
        .startsWith("Pushed most towards it: 0x002 = 03, 0x000 = 01 and 0x003 = 04. The two");
    assertThat(ExplanationView.of(RUN)).isNull();
    assertThat(ExplanationView.mostImportant(ExplanationExample.explanation(1, 1, 0)))
        .startsWith("Pushed most towards it: 0x003 = 3c e_lfanew.");
  }

  @Test
  void saysWhatWasTrained() {
    Map<String, Object> model = Map.of("features", 8, "classes", 3);
    Map<String, Object> fineTuned =
        Map.of(
            "model",
            model,
            "options",
            Map.of("optimizer", "adam", "fine_tune_epochs", 2, "fine_tune_blocks", 3));
    Map<String, Object> dense =
        Map.of(
            "blocks",
            List.of("Conv1", "expanded_conv"),
            "activation",
            "softmax",
            "input_size",
            32,
            "network_size",
            96);
    Map<String, Object> branches =
        Map.of(
            "head",
            Map.of(
                "features", Map.of("depths", List.of("a", "b")),
                "weights", Map.of("byte_branch", 1.0, "depth_branch", 0.25)));

    assertThat(Method.of(RunExample.with(RUN, null, null, dense)))
        .isEqualTo(
            "Frozen MobileNetV2 features (8) at 96 × 96 pixels, one dense layer to 3 classes with"
                + " softmax, 27 weights trained. Trained with cross-entropy.");
    assertThat(Method.of(RunExample.with(RUN, null, null, branches)))
        .startsWith(
            "Two branches over 8 features: the bytes themselves, and maps of frozen base at two"
                + " depths; the probabilities of the branches count 1.0 to 0.25.");
    assertThat(Method.of(RunExample.withConfig(RUN, fineTuned)))
        .isEqualTo(
            "Frozen base features (8), a head to 3 classes. Trained with cross-entropy and Adam."
                + " Then the base too, its last 3 blocks: up to 2 epochs of base and head together.");
    assertThat(Method.of(RunExample.withConfig(RUN, Map.of()))).isEmpty();
  }

  @Test
  void saysHowToRepeatARun() {
    Repeat unknown = Repeat.of(RunExample.withConfig(RUN, Map.of()));
    Repeat known =
        Repeat.of(
            RunExample.withConfig(
                RUN,
                Map.of(
                    "arguments",
                    Map.of("--train", List.of("it's here.csv")),
                    "options",
                    Map.of("deterministic", Map.of("device", "CPU")),
                    "environment",
                    Map.of("revision", "12ab-dirty"))));

    assertThat(unknown.command()).isEmpty();
    assertThat(unknown.build()).isEqualTo("The revision it was built from is not known.");
    assertThat(unknown.promise()).contains("results can differ in their last digits");
    assertThat(known.command())
        .isEqualTo("scripts/virus-mnist train --train 'it'\\''s here.csv' --run NEW");
    assertThat(known.build()).startsWith("Built from revision 12ab with changes");
    assertThat(known.promise()).startsWith("It ran with --deterministic");
    assertThat(Repeat.of(RUN).build()).isEqualTo("Built from revision 1234, nothing changed.");
  }

  @Test
  void saysWhatThePageIsAbout() {
    assertThat(Heading.of(RUN).introduction())
        .isEqualTo(
            "A model was trained to sort executables into three classes and scored on 4 rows it was"
                + " not trained on. It sees a program as a grey picture of 32 × 32 pixels: 1,024"
                + " bytes, a byte a pixel; which bytes of the file is not recorded.");
    assertThat(Heading.of(RunExample.withConfig(RUN, Map.of("image_recipe", "header"))).title())
        .isEqualTo("virus-mnist: training report, run 7");
    assertThat(
            Heading.of(RunExample.withConfig(RUN, Map.of("image_recipe", "header", "started", "x")))
                .introduction())
        .endsWith("the first 1,024 bytes of the file, a byte a pixel.");
    assertThat(Heading.of(RunExample.with(RUN, null, folds(), null)).title())
        .startsWith("virus-mnist: cross-validation report");
  }

  private static Map<String, Object> folds() {
    Map<String, Object> accuracy =
        Map.of(
            "mean", 0.79,
            "standard_deviation", 0.065,
            "all_rows", 0.5,
            "interval_95_over_groups", List.of(0.7, 0.89));
    return Map.of(
        "folds",
        3,
        "groups",
        12,
        "accuracy",
        accuracy,
        "macro_f1",
        Map.of("mean", 0.7, "standard_deviation", 0.1),
        "per_fold",
        List.of(Map.of("fold", 1, "rows", 4, "accuracy", 0.5)));
  }

  @Test
  void reportsACrossValidationAsOne() {
    RunValues run = RunExample.with(RUN, null, folds(), null);

    assertThat(Conclusion.of(run))
        .endsWith(
            "Accuracy on held-out rows is 79.0 % ± 6.5 points (mean ± standard deviation over three"
                + " folds).");
    assertThat(Headlines.of(run))
        .contains(
            new Tile(
                "Held-out accuracy, cross-validation",
                "79.0 % ± 6.5 points",
                "mean ± standard deviation over three folds; 4 rows together 50.0 %, 95 % interval"
                    + " over groups 70.0 % to 89.0 %",
                "cross-validation",
                false))
        .extracting(Tile::name)
        .doesNotContain("Test accuracy");
    FoldsView folds = FoldsView.of(run);
    assertThat(folds == null ? List.of() : folds.scores()).hasSize(2);
  }

  @Test
  void showsReadingsWhereTheyWereAskedFor() {
    RunValues run =
        RunExample.with(
            RUN,
            Map.of(
                "two_stage",
                Map.of(
                    "benign_class",
                    0,
                    "benign_rows",
                    1,
                    "detection_rate",
                    0.9,
                    "false_positive_rate",
                    0.5),
                "unsure",
                Map.of("below", 0.9, "unsure_rows", 1, "coverage", 0.75, "accuracy_when_sure", 1)),
            null,
            null);

    assertThat(ReadingView.of(RUN)).isEmpty();
    assertThat(ReadingView.tile(RUN)).isNull();
    assertThat(ReadingView.of(run))
        .contains(
            new Fact("Malicious rows found", "90.0 %"),
            new Fact(
                "Unsure below a probability of 0.900",
                "1 row",
                "the other 75.0 % are right in 100.0 % of cases"));
    assertThat(ReadingView.tile(run))
        .isEqualTo(
            new Tile(
                "Malicious or benign",
                "90.0 % of malicious rows found",
                "50.0 % of 1 benign rows raise a false alarm; benign is 0 benign",
                true));
  }

  @ParameterizedTest
  @CsvSource({"0, no classes", "1, one class", "12, twelve classes", "1234, '1,234 classes'"})
  void countsClassesInWords(int number, String text) {
    assertThat(Words.classes(number)).isEqualTo(text);
  }

  @Test
  void joinsLists() {
    assertThat(Words.list(List.of())).isEmpty();
    assertThat(Words.list(List.of("a"))).isEqualTo("a");
    assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    assertThat(Words.range(0.5, 0.501)).isEqualTo("50 %");
  }

  @Test
  void namesAllClassesThatTieAndADashForNone() {
    assertThat(ClassRow.of(RunExample.with(RUN, new long[][] {{8, 1, 1}, {0, 1, 0}, {0, 0, 1}})))
        .extracting(ClassRow::takenFor)
        .containsExactly("1 c1 and 2 c2 (10.0 % each)", "–", "–");
  }

  @Test
  void showsTrainingRowsWhereTheyAreKnown() {
    Map<String, Object> config =
        Map.of("data", Map.of("train", Map.of("class_counts", List.of(5, 1200, 0))));

    assertThat(ClassRow.of(RunExample.withConfig(RUN, config)))
        .extracting(row -> row.training().text() + "/" + row.validation().text())
        .containsExactly("5/–", "1,200/–", "0/–");
    assertThat(ClassRow.of(RUN)).noneMatch(ClassRow::hasCounts);
  }
}
