package org.virusmnist.cli.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.JsonOption;
import org.virusmnist.cli.input.OutputFile;
import org.virusmnist.imaging.FileHash;
import org.virusmnist.imaging.ImageRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns executables into a CSV of images. */
@Command(
    name = "images",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads Windows executables, never runs them, and writes a CSV in the Virus-MNIST format.",
      "header takes the first 1,024 bytes of a file, code the first 1,024 bytes of the section with"
          + " the entry point, thumbnail the whole file scaled to 32x32. The recipe behind the"
          + " published Virus-MNIST CSV is not known.",
      "NAME.files.csv says which row is which file, NAME.skipped.csv what was left out and why,"
          + " NAME.recipe.json the recipe, which train remembers and predict then uses."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist images samples --output samples.csv.gz",
      "  scripts/virus-mnist images corpus/train --labels folders --output train.csv.gz",
      "  scripts/virus-mnist images corpus/test --class-names classes.csv --output test.csv.gz",
      "  scripts/virus-mnist images @list.txt --recipe thumbnail --hash sha256 --output list.csv"
    })
public final class ImagesCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Executables, and folders to search for them; @FILE reads paths, one a line.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "CSV to write, .csv or .csv.gz.")
  private Path output = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "none|folders",
      description =
          "folders: the folders directly below a PATH are the classes, numbered in their order;"
              + " their names are written to classes.csv beside the output (default: none).")
  private @Nullable LabelSource labels;

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description = "CSV label,name: folders get the labels of these names.")
  private @Nullable Path classNamesFile;

  @Option(
      names = "--follow-links",
      description = "Enter folders through symbolic links; links to files are always followed.")
  private boolean followsLinks;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Files read at a time (default: number of processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private DrawingOptions drawing = new DrawingOptions();
  @Mixin private JsonOption json = new JsonOption();
  @Mixin private CommonOptions common = new CommonOptions();

  /** Where labels come from. */
  enum LabelSource {
    NONE,
    FOLDERS
  }

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    common.require(threads > 0, "--threads is " + threads + ", expected 1 or more");
    common.require(
        classNamesFile == null || labels != LabelSource.NONE,
        "--class-names has no meaning with --labels none");
    OutputFile csv = new OutputFile(common, "--output", output).requireCsv();
    csv.requireNoneOf(paths);
    csv.requireNoneOf(classNamesFile == null ? List.of() : List.of(classNamesFile));
    return common.logged(log -> new ImagesJob(common, this).run());
  }

  JsonOption json() {
    return json;
  }

  List<Path> paths() {
    return paths;
  }

  Path output() {
    return output;
  }

  ImageRecipe recipe() {
    return drawing.recipe();
  }

  FileHash hash() {
    return drawing.hash();
  }

  boolean isLabelled() {
    return labels == LabelSource.FOLDERS || classNamesFile != null;
  }

  @Nullable Path classNamesFile() {
    return classNamesFile;
  }

  boolean followsLinks() {
    return followsLinks;
  }

  int threads() {
    return threads;
  }
}
