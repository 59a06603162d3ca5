package org.virusmnist.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.JsonOption;
import org.virusmnist.cli.input.OutputFile;
import org.virusmnist.cli.session.ModelOptions;
import org.virusmnist.cli.session.RowExplainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which bytes drove decisions. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says which bytes drove a model's decisions: integrated gradients from a black image, and"
          + " occlusion of one byte at a time as a cross-check.",
      "Bytes of a row that starts with MZ are named by their field in the headers of Windows"
          + " executables, as if the row were the start of a file. The recipe behind the published"
          + " Virus-MNIST CSV is not known, so there the names may mean nothing.",
      "Draws a PNG of each row and writes explanations.json and explanations.csv: those of the most"
          + " confident mistakes on the test CSV of a run into the run, for its report, and all"
          + " others into RUN/explanations."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist explain --model runs/1",
      "  scripts/virus-mnist explain --model runs/1 --rows 12,700 --class 0",
      "  scripts/virus-mnist explain --model runs/1 --data data/test.csv.gz --misclassified 20"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ModelOptions modelOptions = new ModelOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN_OR_SAVEDMODEL",
      description = "A run directory or a SavedModel.")
  private Path model = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "CSV with the rows (default: the test CSV of the run).")
  private @Nullable Path data;

  @Option(
      names = "--rows",
      paramLabel = "N,N,...",
      split = ",",
      description = "Rows to explain, data rows counted from 0, as in predictions.csv.")
  private @Nullable List<Integer> rows;

  @Option(
      names = "--misclassified",
      paramLabel = "N",
      description = "Explain the N most confident mistakes instead (default: 5).")
  private @Nullable Integer misclassified;

  @Option(
      names = "--class",
      paramLabel = "LABEL",
      description = "Explain the logit of this class (default: the predicted one).")
  private @Nullable Integer label;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "512",
      description = "Points on the way from black to the image (default: 512).")
  private int steps = RowExplainer.DEFAULT_STEPS;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "Bytes to name for each row (default: 10).")
  private int top = 10;

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description = "CSV label,name (default: the names the model was trained with).")
  private @Nullable Path classNamesFile;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Where to write (default: in the run as said above; without a run explanations).")
  private @Nullable Path output;

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    common.require(
        rows == null || misclassified == null, "--rows and --misclassified exclude each other");
    common.require(steps > 0, "--steps is " + steps + ", expected 1 or more");
    common.require(top > 0, "--top is " + top + ", expected 1 or more");
    common.require(
        misclassified == null || misclassified > 0,
        "--misclassified is " + misclassified + ", expected 1 or more");
    if (data != null && output != null) {
      new OutputFile(common, "--output", output.resolve("explanations.csv"))
          .requireNoneOf(List.of(data));
    }
    modelOptions.settings();
    return common.logged(log -> new ExplainJob(common, this).run());
  }

  JsonOption json() {
    return json;
  }

  ModelOptions modelOptions() {
    return modelOptions;
  }

  Path model() {
    return model;
  }

  @Nullable Path data() {
    return data;
  }

  @Nullable List<Integer> rows() {
    return rows;
  }

  int misclassified() {
    return misclassified == null ? 5 : misclassified;
  }

  @Nullable Integer label() {
    return label;
  }

  RowExplainer.Settings settings() {
    return new RowExplainer.Settings(steps, top, label);
  }

  @Nullable Path classNamesFile() {
    return classNamesFile;
  }

  @Nullable Path output() {
    return output;
  }
}
