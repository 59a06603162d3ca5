package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.SparkMain;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvWriter;
import org.virusmnist.dataset.ImageSet;

/** On a terminal a bar says how many tasks of a stage are done; rows count on over all files. */
class SparkProgressIT {
  private static final String TERMINAL = "virusmnist.stderr.terminal";

  @TempDir Path directory;

  @AfterEach
  void leaveTheTerminal() {
    System.clearProperty(TERMINAL);
  }

  @Test
  void showsStagesOnATerminalAndNothingElsewhere() throws IOException {
    Path data = twoFiles();

    String hidden = convert(data, directory.resolve("hidden"));
    System.setProperty(TERMINAL, "true");
    String shown = convert(data, directory.resolve("shown"));

    assertThat(hidden).isEmpty();
    assertThat(shown)
        .contains("Spark       [", "2 of 2 tasks  ETA 0:00")
        .endsWith("\r"); // the last bar is cleared
  }

  /** Blank lines in the middle are damaged rows with numbers of their own, at the end nothing. */
  private Path twoFiles() throws IOException {
    ImageSet test = ImageCsv.read(Path.of("data/test.csv.gz"), 10);
    Path files = Files.createDirectory(directory.resolve("rows"));
    ImageCsvWriter.write(files.resolve("a.csv"), test.select(new int[] {0, 1, 2}));
    ImageCsvWriter.write(files.resolve("b.csv"), test.select(new int[] {3, 4}));
    List<String> lines = Files.readAllLines(files.resolve("a.csv"));
    lines.add(2, "");
    lines.add("");
    Files.write(files.resolve("a.csv"), lines);
    return files;
  }

  @Test
  void numbersRowsOverAllFiles() throws IOException {
    Path output = directory.resolve("numbered");
    convert(twoFiles(), output);

    List<Long> rows;
    try (SparkRun run = SparkRun.open("test", "local[2]", new Unseen())) {
      rows =
          run.session().read().parquet(output.toString()).sort(Columns.ROW).collectAsList().stream()
              .map(row -> row.<Long>getAs(Columns.ROW))
              .toList();
    }
    assertThat(rows).containsExactly(0L, 2L, 3L, 4L, 5L);
  }

  private static String convert(Path data, Path output) {
    StringWriter err = new StringWriter();
    String[] words = {
      "convert", "--data", data.toString(), "--output", output.toString(), "--master", "local[2]"
    };
    int code = SparkMain.run(new PrintWriter(new StringWriter()), new PrintWriter(err), words);
    assertThat(code).isZero();
    return err.toString();
  }

  static final class Unseen implements TaskProgress {
    @Override
    public void started() {}

    @Override
    public void advanced(int done, int total) {}
  }
}
