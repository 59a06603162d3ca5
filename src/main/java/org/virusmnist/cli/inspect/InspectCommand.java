package org.virusmnist.cli.inspect;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.JsonOption;
import org.virusmnist.cli.input.BesideCsv;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.run.ImageGrids;
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
      "  scripts/virus-mnist inspect data/train.csv.gz data/test.csv.gz --output inspection",
      "  scripts/virus-mnist inspect train.csv test.csv --predictions runs/1 --duplicates duplicates.csv",
      "  scripts/virus-mnist inspect train.csv test.csv --deduplicate clean --within 16"
    })
public final class InspectCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private JsonOption json = new JsonOption();
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
    audit.check(common, files);
    return common.logged(log -> run());
  }

  private void run() throws IOException {
    PrintWriter text = json.textTo(common.out());
    List<ImageSet> sets = new ArrayList<>();
    List<Map<String, Object>> records = new ArrayList<>();
    for (Path file : files) {
      ClassNames names = DataOptions.classNames(file, classNamesFile, classCount);
      ImageSet images = ImageCsv.read(file, classCount, Labels.OPTIONAL);
      DatasetSummary summary = DatasetSummary.of(images, classCount);
      new SummaryPrinter(text, names).print(file, summary);
      records.add(record(file, summary));
      Path chart = output.resolve("samples-" + BesideCsv.stem(file) + ".png");
      ImageGrids.samples(images, names, chart);
      text.println("Wrote " + chart);
      sets.add(images);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("files", records);
    if (files.size() <= 2) {
      InspectAudit run = new InspectAudit(common, text, audit, files, sets);
      result.put("audit", run.run(classCount, output.resolve("audit.json")));
    }
    json.print(common.out(), result);
  }

  private static Map<String, Object> record(Path file, DatasetSummary summary) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("file", file);
    record.put("rows", summary.rows());
    record.put("columns", summary.columns());
    record.put("min_pixel", summary.minPixel());
    record.put("max_pixel", summary.maxPixel());
    record.put("mean_pixel", summary.meanPixel());
    record.put("class_counts", summary.classCounts());
    return record;
  }
}
