package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.images.DrawingOptions;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.spark.ImagesJob;
import org.virusmnist.spark.JobResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns executables into images, on Spark. */
@Command(
    name = "images",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Reads Windows executables, never runs them, and writes Parquet: row, hash, label, path,"
            + " pixels, recipe, some 20,000 rows a file. Files that are damaged or no executables"
            + " go to OUTPUT-damaged, with the reason.",
    footer = {
      "",
      "Example:",
      "  scripts/virus-mnist spark images samples --recipe header --output images"
    })
final class SparkImagesCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private DrawingOptions drawing = new DrawingOptions();
  @Mixin private SparkOptions spark = new SparkOptions();

  @Parameters(
      index = "0",
      paramLabel = "PATH",
      description = "A directory or a glob of executables, on any file system of Hadoop's.")
  private String files = "";

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description =
          "CSV label,name: files below a folder of such a name, directly in PATH, get its label.")
  private @Nullable Path classNamesFile;

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    List<String> names =
        classNamesFile == null ? List.of() : ClassNames.read(classNamesFile).toList();
    JobResult result =
        spark.run(
            common,
            new ImagesJob(
                    files,
                    spark.output(),
                    drawing.recipe(),
                    drawing.hash(),
                    names,
                    spark.partitions())
                ::run);
    spark.print(common.out(), result);
  }
}
