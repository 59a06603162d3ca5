package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.DatasetSummary;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is in a CSV, and draws some of it. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints shape, columns, class counts and value range of CSVs; draws sample images.",
      "One or two CSVs (training, then test) are also audited: equal and nearly equal rows, labels"
          + " that disagree, and test rows that the training data knows. A distance is the number"
          + " of differing bytes."
    },
    footer = {
      "",
      "Examples:",
      "  virus-mnist inspect data/train.csv.gz data/test.csv.gz --output inspection",
      "  virus-mnist inspect train.csv test.csv --predictions runs/1 --duplicates duplicates.csv",
      "  virus-mnist inspect train.csv test.csv --deduplicate clean --within 16"
    })
final class InspectCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private AuditOptions audit = new AuditOptions();

  @Parameters(arity = "1..*", paramLabel = "CSV", description = "Files, .csv or .csv.gz.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of classes (default: 10).")
  private int classCount = 10;

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description = "CSV label,name (default: classes.csv beside the CSV, if there is one).")
  private @Nullable Path classNamesFile;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Where to draw samples-NAME.png of each CSV and to write audit.json (default: inspection).")
  private Path output = Path.of("inspection");

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    audit.check(files.size());
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    List<ImageSet> sets = new ArrayList<>();
    for (Path file : files) {
      ClassNames names = DataOptions.classNames(file, classNamesFile, classCount);
      ImageSet images = ImageCsv.read(file, classCount, Labels.OPTIONAL);
      new SummaryPrinter(common.out(), names).print(file, DatasetSummary.of(images, classCount));
      Path chart = output.resolve("samples-" + BesideCsv.stem(file) + ".png");
      ImageGrids.samples(images, names, chart);
      common.out().println("Wrote " + chart);
      sets.add(images);
    }
    if (files.size() <= 2) {
      new InspectAudit(common, audit, files, sets).run(classCount, output.resolve("audit.json"));
    }
  }
}
