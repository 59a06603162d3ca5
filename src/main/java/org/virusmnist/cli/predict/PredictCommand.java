package org.virusmnist.cli.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.JsonOption;
import org.virusmnist.cli.input.OutputFile;
import org.virusmnist.cli.session.EnsembleOptions;
import org.virusmnist.cli.session.ModelOptions;
import org.virusmnist.imaging.FileHash;
import org.virusmnist.metrics.VerdictRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what a model says of rows of a CSV of any length, or of executables. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the probabilities of every row of a CSV, in the order of its rows, or verdicts on"
          + " Windows executables. Both are streamed: there may be more than fit into memory.",
      "Executables are read, never run, and drawn by the recipe that the model was trained with."
          + " This is no antivirus: a verdict names the class of training images that a file looks"
          + " like, and says nothing of what a program does.",
      "A verdict is the predicted class, or 'unsure' where its calibrated probability is low."
          + " Without --output verdicts are printed, with --json one JSON object a line."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist predict --model runs/1 --data data/test.csv.gz --output predictions.csv",
      "  scripts/virus-mnist predict --model runs/1 setup.exe",
      "  scripts/virus-mnist predict --model runs/1 downloads --output verdicts.csv --unsure-below 0.95"
    })
public final class PredictCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description = "Executables, and folders to search for them; @FILE reads paths, one a line.")
  private List<Path> files = new ArrayList<>();

  @Mixin private EnsembleOptions models = new EnsembleOptions();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "CSV with or without labels, .csv or .csv.gz, instead of executables.")
  private @Nullable Path data;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {
        "CSV to write: row,hash,label,predicted,probability,p0,p1,... and for verdicts"
            + " calibrated_probability,verdict,file."
      })
  private @Nullable Path output;

  @Option(
      names = "--verdicts",
      description = "With --data: write calibrated_probability and verdict too.")
  private boolean writesVerdicts;

  @Option(
      names = "--unsure-below",
      paramLabel = "P",
      description = "Calibrated probability below which a verdict is 'unsure' (default: 0.9).")
  private double unsureBelow = VerdictRule.DEFAULT_UNSURE_BELOW;

  @Option(
      names = "--hash",
      paramLabel = "md5|sha256",
      description = "Hash of an executable in the column hash (default: md5).")
  private FileHash hash = FileHash.MD5;

  @Option(
      names = "--follow-links",
      description = "Enter folders through symbolic links; links to files are always followed.")
  private boolean followsLinks;

  @Mixin private ModelOptions modelOptions = new ModelOptions();
  @Mixin private JsonOption json = new JsonOption();
  @Mixin private CommonOptions common = new CommonOptions();

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    checkOptions();
    return common.logged(
        log -> {
          if (data == null) {
            new PredictFilesJob(common, this).run();
          } else {
            new PredictCsvJob(common, this, data, Objects.requireNonNull(output)).run();
          }
        });
  }

  private void checkOptions() throws IOException {
    common.require(data != null || !files.isEmpty(), "expected executables, or a CSV with --data");
    common.require(
        data == null || files.isEmpty(), "executables and --data are given, expected one");
    common.require(data == null || output != null, "--data is given without --output");
    common.require(
        data == null || !Files.isDirectory(data),
        "--data is a directory, expected a CSV. Name executables without --data.");
    common.require(data == null || !followsLinks, "--follow-links has no meaning with --data");
    common.require(
        unsureBelow >= 0 && unsureBelow <= 1,
        "--unsure-below is " + unsureBelow + ", expected 0 to 1");
    models.check();
    common.require(
        models.isPlain() || (data != null && !writesVerdicts),
        "several --model, or --average-shifts, predict rows of --data: verdicts need one"
            + " calibrated model");
    if (output != null) {
      new OutputFile(common, "--output", output)
          .requireCsv()
          .requireNoneOf(data == null ? files : List.of(data));
    }
    modelOptions.settings();
  }

  JsonOption json() {
    return json;
  }

  Path model() {
    return models.first();
  }

  EnsembleOptions models() {
    return models;
  }

  List<Path> files() {
    return files;
  }

  @Nullable Path output() {
    return output;
  }

  boolean writesVerdicts() {
    return writesVerdicts;
  }

  double unsureBelow() {
    return unsureBelow;
  }

  FileHash hash() {
    return hash;
  }

  boolean followsLinks() {
    return followsLinks;
  }

  ModelOptions modelOptions() {
    return modelOptions;
  }
}
