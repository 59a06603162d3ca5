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
 * @param heading what the page is about
 * @param conclusion what the run came to
 * @param headlines what a reader wants to know first
 * @param provenance what was run
 * @param settings every option of the run
 * @param repeat how to run it again
 * @param curves loss and accuracy by epoch
 * @param learningFinding how far validation flatters, empty if it does not
 * @param learningMethod how the curves were measured
 * @param folds what a cross-validation found, or null
 * @param matrix the confusion matrix
 * @param classes scores by class
 * @param gallery what was predicted wrong
 * @param trust how far probabilities can be taken at their word
 * @param readings in two stages, and of the sure rows; empty where nobody asked
 * @param baselines the run beside classifiers without a network; empty where there are none
 * @param audit what the audit of the data found, or null
 * @param explanations which bytes drove the worst mistakes, or null
 * @param times where the time went, or null
 */
record ReportView(
    Heading heading,
    String conclusion,
    List<Tile> headlines,
    List<Fact> provenance,
    List<Settings> settings,
    Repeat repeat,
    List<Plot> curves,
    String learningFinding,
    String learningMethod,
    @Nullable FoldsView folds,
    MatrixView matrix,
    List<ClassRow> classes,
    GalleryView gallery,
    TrustView trust,
    List<Fact> readings,
    List<BaselineRow> baselines,
    @Nullable AuditView audit,
    @Nullable ExplanationView explanations,
    @Nullable TimesView times) {

  static ReportView of(RunValues run) {
    RunTimes times = run.times();
    return new ReportView(
        Heading.of(run),
        Conclusion.of(run),
        Headlines.of(run),
        Provenance.of(run),
        Settings.of(run),
        Repeat.of(run),
        Curves.ofRun(run.history().history()),
        LearningNote.finding(run),
        LearningNote.method(run),
        FoldsView.of(run),
        MatrixView.of(run),
        ClassRow.of(run),
        GalleryView.of(run),
        TrustView.of(run),
        ReadingView.of(run),
        BaselineRow.of(run),
        run.audit().isPresent() ? AuditView.of(run) : null,
        ExplanationView.of(run),
        times == null ? null : TimesView.of(run, times));
  }

  /** Returns the sections of the page in order: the name of the place and its title. */
  Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("run", "What was run");
    add(sections, folds != null, "folds", "Folds");
    sections.put("curves", "Learning");
    sections.put("matrix", "Confusion");
    sections.put("classes", "Classes");
    add(sections, audit != null, "audit", "Is the score real?");
    sections.put("trust", "How far to trust it");
    add(sections, !readings.isEmpty(), "readings", "Other readings");
    add(sections, !baselines.isEmpty(), "baselines", "Without a network");
    sections.put("pairs", "Confused pairs");
    add(sections, explanations != null, "explanations", "Why the worst mistakes");
    add(sections, times != null, "times", "Time");
    sections.put("mistakes", "Mistakes");
    sections.put("glossary", "Words");
    return sections;
  }

  private static void add(
      Map<String, String> sections, boolean isThere, String place, String title) {
    if (isThere) {
      sections.put(place, title);
    }
  }
}
