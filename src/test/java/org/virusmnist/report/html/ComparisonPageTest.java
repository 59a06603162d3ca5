package org.virusmnist.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.report.Explanations;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunDetails;
import org.virusmnist.report.RunTimes;
import org.virusmnist.report.RunValues;

class ComparisonPageTest {
  @TempDir private Path directory;

  @Test
  void putsRunsSideBySide() throws IOException {
    assertThat(page(RunExample.run("a", RunExample.NAMES, 1), run("b", 2)))
        .contains("<th scope=\"col\">a</th>")
        .contains("<th scope=\"row\">95 % interval</th>")
        .contains("<th scope=\"row\">1 go_windows</th>")
        .contains("<th scope=\"row\">options seed</th>")
        .doesNotContain("options batch size")
        .doesNotContain("different test files");
  }

  @Test
  void saysWhatTheIntervalOfACrossValidationIsOver() throws IOException {
    Map<String, Object> accuracy = Map.of("mean", 0.8, "interval_95_over_groups", List.of(0.7, 1));
    RunValues folded = RunExample.with(run("b", 1), null, Map.of("accuracy", accuracy), null);

    assertThat(page(run("a", 1), folded))
        .contains("<th scope=\"row\">accuracy, test or held-out rows</th>")
        .contains("<td class=\"\">70.0 % to 100.0 % over groups</td>");
    assertThat(page(run("a", 1), RunExample.with(run("b", 1), null, Map.of("folds", 2), null)))
        .contains("<td class=\"\">– over groups</td>");
  }

  @Test
  void numbersRunsOfTheSameName() throws IOException {
    assertThat(page(run("a", 1), run("a", 2)))
        .contains("<th scope=\"col\">a</th>")
        .contains("<th scope=\"col\">a (2)</th>");
  }

  @Test
  void marksTheBestValueWhereThereIsOne() throws IOException {
    RunValues timed = run("a", 1);
    RunValues slower =
        new RunValues(
            "b",
            timed.config(),
            timed.history(),
            timed.result(),
            timed.coverage(),
            timed.mistakes(),
            timed.images(),
            new RunTimes(List.of(new RunTimes.Phase("fit", 9, 1))),
            timed.audit(),
            timed.explanations(),
            List.of(),
            RunDetails.none());

    assertThat(page(timed, slower))
        .contains("<td class=\"best\">2.00 s</td>")
        .contains("<td class=\"\">9.00 s</td>")
        .doesNotContain("<td class=\"best\">50.0 %</td>");
    assertThat(page(timed, RunExample.with(timed, null, Explanations.none())))
        .contains("<td class=\"\">–</td>");
  }

  @Test
  void warnsOfDifferentTestFilesAndLeavesOutDifferentClasses() throws IOException {
    RunValues other = RunExample.run("b", List.of("x", "y", "z"), 1);
    RunValues elsewhere =
        new RunValues(
            "b",
            new JsonTree(null),
            other.history(),
            other.result(),
            other.coverage(),
            other.mistakes(),
            other.images(),
            null,
            other.audit(),
            other.explanations(),
            List.of(),
            RunDetails.none());

    assertThat(page(run("a", 1), elsewhere))
        .contains("These runs were scored on different test files: their scores do not compare.")
        .contains("These runs do not have the same classes.");
  }

  @Test
  void needsARun() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComparisonPage.write(directory.resolve("c.html"), List.of()))
        .withMessage("no runs to compare");
  }

  private static RunValues run(String name, int seed) {
    return RunExample.run(name, RunExample.NAMES, seed);
  }

  private String page(RunValues... runs) throws IOException {
    Path html = directory.resolve("comparison.html");
    ComparisonPage.write(html, List.of(runs));
    return Files.readString(html);
  }
}
