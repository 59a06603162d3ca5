package org.virusmnist.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.report.BaselineScore;
import org.virusmnist.report.Explanation;
import org.virusmnist.report.ExplanationExample;
import org.virusmnist.report.Explanations;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunDetails;
import org.virusmnist.report.RunValues;

/** A page shows every value once it is known, escapes it, and needs nothing from outside. */
class ReportPageTest {
  @TempDir private Path directory;

  @Test
  void saysWhatMattersFirst() throws IOException {
    assertThat(page(RunExample.run()))
        .startsWith("<!DOCTYPE html>")
        .contains("<title>virus-mnist: training report, run 7, 23 Nov 2026</title>")
        .contains("<a href=\"#word-accuracy\">Test accuracy</a></dt><dd><strong>50.0 %</strong>")
        .contains(
            "<span>95 % interval 15.0 % to 85.0 %, 4 rows; the largest class is 75.0 %</span>")
        .contains("<div class=\"care\"><dt>Worst class</dt><dd><strong>1 go_windows</strong>")
        .contains(
            "<span>lowest F1, 0.500: 33.3 % of its 3 rows found; taken for 0 benign: 1 row, 33.3 %</span>")
        .contains("<dt>Time of training</dt><dd><strong>1.50 s</strong>")
        .contains("<span>whole run 2.00 s; on CPU, no GPU, Z80, 2 processors</span>");
  }

  @Test
  void saysWhatWasRun() throws IOException {
    assertThat(page(RunExample.run()))
        .contains(
            "<th scope=\"row\">Test rows</th><td>4 rows, test.csv<br><small>SHA-256 abc</small>")
        .contains("<td>tiny, 8 features, 3 classes<br><small>SHA-256 def</small>")
        .contains("<td>virus-mnist 0.1.0, git revision 1234</td>")
        .contains("<th scope=\"row\">batch size</th><td>32</td>")
        .doesNotContain("Training rows");
  }

  @Test
  void showsCountsAndSharesOfTheConfusionMatrix() throws IOException {
    assertThat(page(RunExample.run()))
        .contains(
            "<td title=\"1 go_windows taken for 0 benign: 1 of 3 rows (33.3 %)\""
                + " style=\"--share: 0.333\" class=\"\"><a href=\"#mistakes\" data-pair=\"1-0\"")
        .contains("title=\"0 benign predicted right: 1 of 1 row (100.0 %)\"")
        .contains("title=\"2 taken for 0 benign: 0 of 0 rows (0.0 %)\"");
  }

  @Test
  void showsMistakesWithPictureHashAndProbabilities() throws IOException {
    assertThat(page(RunExample.run()))
        .contains("<code title=\"hash cc\">hash cc</code>")
        .contains("alt=\"Row 2 as a picture\"")
        .contains("title=\"0 benign 75.0 %, 1 go_windows 12.5 %, 2 12.5 %\"")
        .contains("2 of 2 mistakes, the most confident first")
        .contains("<li class=\"\" data-true=\"1\" data-predicted=\"0\">");
  }

  @Test
  void showsThirtyMistakesFirstAndPrintsForty() {
    assertThat(GalleryView.leftOut(29)).isEmpty();
    assertThat(GalleryView.leftOut(30)).isEqualTo("later ");
    assertThat(GalleryView.leftOut(40)).isEqualTo("later unprinted");
  }

  @Test
  void linksItsFirstWordsToTheGlossary() throws IOException {
    String page = page(RunExample.run());

    Pattern.compile("href=\"#(word-[a-z0-9-]+)\"")
        .matcher(page)
        .results()
        .forEach(link -> assertThat(page).contains("<div id=\"" + link.group(1) + "\">"));
    assertThat(page).contains("<dt>Macro F1</dt><dd>Plain mean of the F1 of all classes.</dd>");
  }

  @Test
  void drawsWhatTheTemperatureMakesOfTheProbabilities() throws IOException {
    RunValues run = RunExample.run();
    RunDetails details = run.details();
    JsonTree nothing = new JsonTree(null);
    RunValues calibrated =
        run.with(
            new RunDetails(
                nothing,
                nothing,
                nothing,
                run.result().evaluation().calibration(),
                List.of(
                    new RunDetails.Sample(0, new byte[4]), new RunDetails.Sample(1, new byte[4]))));

    assertThat(page(calibrated))
        .contains("<figcaption>Reliability with the temperature</figcaption>")
        .contains("<text class=\"rows\"")
        .contains("alt=\"A training image of 0 benign\"")
        .contains("<figcaption>training images of 1 go_windows</figcaption>");
    assertThat(page(run.with(details)))
        .doesNotContain("Reliability with the temperature")
        .doesNotContain("training image");
  }

  @Test
  void escapesWhatComesFromFiles() throws IOException {
    String evil = "<script>alert(\"1\")</script>&'";
    String page = page(RunExample.run(evil, List.of(evil, "b", "c"), 1));

    assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert(");
    assertThat(Pattern.compile("<script").matcher(page).results()).hasSize(1);
  }

  @Test
  void loadsNothingFromOutside() throws IOException {
    assertThat(page(RunExample.run()))
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContain("url(")
        .doesNotContain("@import");
  }

  @Test
  void leavesOutWhatIsNotKnown() throws IOException {
    assertThat(page(RunExample.with(RunExample.run(), null, Explanations.none())))
        .contains("The pictures of these rows are not in the run directory, so they are left out.")
        .doesNotContain("id=\"audit\"")
        .doesNotContain("id=\"explanations\"")
        .doesNotContain("id=\"times\"")
        .doesNotContain("<img");
  }

  @Test
  void showsWhatTheAuditFound() throws IOException {
    Map<String, Object> audit =
        Map.of(
            "duplicate_rows_train",
            3,
            "mz_share_test",
            0.5,
            "near",
            List.of(
                Map.of("bytes", 0, "rows", 0, "share", 0.0),
                Map.of("bytes", 16, "rows", 1, "share", 0.25, "accuracy_without", 1 / 3.0)));

    assertThat(page(RunExample.with(RunExample.run(), audit, Explanations.none())))
        .contains("<th scope=\"row\">Training rows that repeat an earlier one</th><td>3</td>")
        .contains("<th scope=\"row\">Test rows that start with MZ</th><td>50.0 %</td>")
        .contains(
            "<tr class=\"first\"><td>16</td><td>1</td><td>25.0 %</td><td>100.0 %</td><td>33.3 %</td>"
                + "<td>6.1 % to 79.2 %</td></tr>")
        .contains(
            "<tr class=\"\"><td>0</td><td>0</td><td>0.0 %</td><td>–</td><td>–</td><td></td></tr>")
        .contains(
            "<dt>Does the test set leak?</dt><dd><strong>50.0 % → 33.3 % (−16.7 points)</strong>")
        .contains(
            "accuracy with and without near copies: 1 of 4 rows (25.0 %) differ from a training row"
                + " in at most 16 of 1,024 bytes");
  }

  @Test
  void showsWhichBytesDroveADecision() throws IOException {
    Explanation unknown = ExplanationExample.explanation(3, 99, 0);
    Explanation unlabelled = ExplanationExample.explanation(4, null, 2);
    Explanations explanations =
        new Explanations(
            128,
            "logits of one branch",
            "test.csv",
            "ab",
            List.of(ExplanationExample.explanation(2, 1, 0), unknown, unlabelled));

    assertThat(page(RunExample.with(RunExample.run(), null, explanations)))
        .contains("in 128 steps, logits of one branch. Occlusion")
        .contains(
            "<p>Row 2 is <strong>1 go_windows</strong>, taken for <strong>0 benign</strong>"
                + " (75.0 %)</p>")
        .contains(
            "<th scope=\"rowgroup\" colspan=\"5\">Pushed towards the wrong class, 0 benign</th>")
        .contains("<th scope=\"rowgroup\" colspan=\"5\">Held against it</th>")
        .contains(
            "<tr><td>0x001</td><td>5a</td>"
                + "<td class=\"text\">DOS e_magic [1]</td><td>−1.500</td><td>+0.250</td></tr>")
        .contains("<title>0x003 e_lfanew</title>")
        .contains(
            "<td class=\"against\" style=\"--w:100%\" title=\"0x001 DOS e_magic [1]: −1.500\">5a")
        .contains("<td>4d</td>")
        .contains("within 0.4 %.</p>")
        .contains("<p>Row 4 taken for <strong>2</strong> (75.0 %); why <strong>0 benign</strong>")
        .contains(
            "<dt>Most confident mistake</dt><dd><strong>1 go_windows → 0 benign</strong><span>row 2, 75.0 %"
                + " sure. Pushed most towards it: 0x003 = 3c e_lfanew. How far the two methods agree"
                + " is not known here.</span>")
        .doesNotContain("Row 3");
  }

  @Test
  void showsTheRunAmongItsBaselinesTheBestFirst() throws IOException {
    RunValues run =
        RunExample.with(
            RunExample.run(),
            List.of(
                new BaselineScore("majority", 0.25, 0.1, 0.2, 0.75, 0.5),
                new BaselineScore("random forest, <histogram>", 0.875, 0.9, 0.8, 1, 12)));
    String page = page(run);

    assertThat(page)
        .contains("<a href=\"#baselines\">Without a network</a>")
        .contains("random forest, &lt;histogram&gt;</th>")
        .contains("<td data-value=\"0.875\">87.5 %</td>")
        .contains("<td data-value=\"0.9\">0.900</td>")
        .contains("<td data-value=\"12.0\">12.0 s</td>")
        .containsSubsequence("<td data-value=\"0.875\">", "<strong>this run</strong>", "majority")
        .contains("<td data-value=\"0.5\">50.0 %</td>");
    assertThat(page(RunExample.run())).doesNotContain("baselines");
  }

  @Test
  void showsWhereTheTimeWent() throws IOException {
    assertThat(page(RunExample.run()))
        .contains("fit<small>train the head, all epochs, validation included</small>")
        .contains("<td>1.50 s</td><td>3,000</td><td>2,000</td>")
        .contains("<td>2.00 s</td><td></td><td></td>")
        .contains("The training steps of the median epoch ran at 900 images a second.");
  }

  private String page(RunValues run) throws IOException {
    Path html = directory.resolve("report.html");
    ReportPage.write(html, run);
    return Files.readString(html);
  }
}
