package org.virusmnist.cli.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.audit.Neighbours;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.input.OutputFile;
import org.virusmnist.report.RunDirectory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What {@code inspect} does with what its audit finds. */
final class AuditOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--predictions",
      paramLabel = "FILE_OR_RUN",
      description =
          "Predictions of the second CSV: also print the accuracy without its near duplicates.")
  private @Nullable Path predictions;

  @Option(
      names = "--duplicates",
      paramLabel = "FILE",
      description = "Write the numbers of all equal and nearly equal rows there, as CSV.")
  private @Nullable Path duplicates;

  @Option(
      names = "--deduplicate",
      paramLabel = "DIR",
      description = {
        "Write the CSVs there without repeated rows (the first one stays), without rows whose equal"
            + " pixels have different labels, and the second without rows that the first has."
      })
  private @Nullable Path deduplicated;

  @Option(
      names = "--within",
      paramLabel = "BYTES",
      defaultValue = "0",
      description =
          "With --deduplicate: rows that differ in so many bytes count as equal, 0 to 64"
              + " (default: 0).")
  private int within;

  /** Refuses what has no meaning for so many files, and outputs that would replace one of them. */
  void check(CommonOptions common, List<Path> csvs) throws IOException {
    check(csvs.size());
    if (duplicates != null) {
      OutputFile list = new OutputFile(common, "--duplicates", duplicates).requireCsv();
      list.requireNoneOf(csvs);
      if (predictions != null) {
        list.requireNoneOf(List.of(predictions, new RunDirectory(predictions).predictions()));
      }
    }
  }

  private void check(int files) {
    require(
        files <= 2 || (predictions == null && duplicates == null && deduplicated == null),
        "%d CSVs are given, expected one or two (training, then test) with --predictions,"
                .formatted(files)
            + " --duplicates and --deduplicate");
    require(
        predictions == null || files == 2,
        "--predictions needs two CSVs: the training data, then what was predicted");
    require(
        within >= 0 && within <= Neighbours.FARTHEST,
        "--within is %d, expected 0 to %d".formatted(within, Neighbours.FARTHEST));
    require(within == 0 || deduplicated != null, "--within has no meaning without --deduplicate");
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  @Nullable Path predictions() {
    return predictions;
  }

  @Nullable Path duplicates() {
    return duplicates;
  }

  @Nullable Path deduplicated() {
    return deduplicated;
  }

  int within() {
    return within;
  }
}
