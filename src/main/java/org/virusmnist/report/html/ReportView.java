package org.virusmnist.report.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.RunValues;

/**
 * What a run's page shows, section by section.
 *
 * @param name of the run
 * @param headlines what a reader wants to know first
 * @param provenance what was run
 * @param options every option of the run
 * @param curves loss and accuracy by epoch
 * @param matrix the confusion matrix
 * @param classes scores by class
 * @param gallery what was predicted wrong
 * @param calibration one line about it
 * @param trust reliability and coverage
 * @param baselines the run beside classifiers without a network; empty where there are none
 * @param audit what the audit of the data found, or null
 * @param explanations which bytes drove the worst mistakes, or null
 * @param times where the time went, or null
 */
record ReportView(
    String name,
    List<Fact> headlines,
    List<Fact> provenance,
    List<Fact> options,
    List<Plot> curves,
    MatrixView matrix,
    List<ClassRow> classes,
    GalleryView gallery,
    String calibration,
    List<Plot> trust,
    List<BaselineRow> baselines,
    @Nullable AuditView audit,
    @Nullable ExplanationView explanations,
    @Nullable TimesView times) {

  static ReportView of(RunValues run) {
    RunTimes times = run.times();
    return new ReportView(
        run.name(),
        Headlines.of(run),
        Provenance.of(run),
        Provenance.options(run),
        Curves.ofRun(run.history().history()),
        MatrixView.of(run),
        ClassRow.of(run),
        GalleryView.of(run),
        calibration(run),
        List.of(
            Curves.reliability(run.result().evaluation().calibration()),
            Curves.coverage(run.coverage())),
        BaselineRow.of(run),
        run.audit().isPresent() ? AuditView.of(run) : null,
        ExplanationView.of(run),
        times == null ? null : TimesView.of(run, times));
  }

  private static String calibration(RunValues run) {
    return ("Probabilities are off by %s on average (expected calibration error); Brier score %s and"
            + " negative log-likelihood %s, 0 being perfect. A bar over few rows says little: point"
            + " at it for their number.")
        .formatted(
            Text.percent(run.result().evaluation().calibration().expectedError()),
            Text.score(run.result().evaluation().calibration().brierScore()),
            Text.score(run.result().evaluation().calibration().negativeLogLikelihood()));
  }

  /** Returns the sections of the page in order: the name of the place and its title. */
  Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("run", "What was run");
    sections.put("curves", "Learning");
    sections.put("matrix", "Confusion");
    sections.put("classes", "Classes");
    sections.put("pairs", "Confused pairs");
    sections.put("trust", "How far to trust it");
    if (!baselines.isEmpty()) {
      sections.put("baselines", "Without a network");
    }
    if (explanations != null) {
      sections.put("explanations", "Why the worst mistakes");
    }
    if (audit != null) {
      sections.put("audit", "Is the score real");
    }
    if (times != null) {
      sections.put("times", "Time");
    }
    sections.put("mistakes", "Mistakes");
    return sections;
  }
}
