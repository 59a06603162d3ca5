package org.virusmnist.cli.inspect;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.virusmnist.audit.NearestRows;
import org.virusmnist.audit.Neighbours;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.cli.input.RecipeFile;
import org.virusmnist.dataset.CsvRowFilter;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.report.DuplicatesCsv;

/** The audit of {@code inspect}: one data set, or training and test data. */
final class InspectAudit {
  private final CommonOptions common;
  private final PrintWriter out;
  private final AuditOptions options;
  private final List<Path> files;
  private final List<ImageSet> sets;

  InspectAudit(
      CommonOptions common,
      PrintWriter out,
      AuditOptions options,
      List<Path> files,
      List<ImageSet> sets) {
    this.common = common;
    this.out = out;
    this.options = options;
    this.files = List.copyOf(files);
    this.sets = List.copyOf(sets);
  }

  /** Prints and writes what is asked for, and returns what {@code audit.json} says. */
  Map<String, Object> run(int classCount, Path json) throws IOException {
    Audit audit = audit(classCount);
    List<Neighbours> within = new ArrayList<>();
    for (ImageSet images : sets) {
      within.add(NearestRows.before(images, progress("Comparing " + images.source())));
    }
    print(audit, within);
    Map<String, Object> record = audit.record();
    for (int set = 0; set < sets.size(); set++) {
      record.put(
          set == 0 ? "near_within_train" : "near_within_test", Audit.near(within.get(set), null));
    }
    ConfigJson.write(json, record);
    out.println("Wrote " + json);
    writeDuplicates(audit, within);
    writeClean(audit, within);
    return record;
  }

  private Audit audit(int classCount) throws IOException {
    if (sets.size() == 1) {
      return Audit.of(sets.get(0), classCount);
    }
    Path predictions = options.predictions();
    ImageSet test = sets.get(1);
    BitSet correct = predictions == null ? null : CorrectRows.read(predictions, test);
    return Audit.of(sets.get(0), test, classCount, correct, progress("Comparing both"));
  }

  private NearestRows.Progress progress(String title) {
    ProgressBar bar = common.progressBar();
    bar.start();
    return (done, total) -> {
      bar.show(title, done, total, "");
      if (done == total) {
        bar.clear();
      }
    };
  }

  private void print(Audit audit, List<Neighbours> within) {
    AuditPrinter printer = new AuditPrinter(out);
    List<String> names = files.stream().map(Path::toString).toList();
    printer.printEqual(audit, names);
    for (int set = 0; set < sets.size(); set++) {
      printer.printNear(
          "Rows of %s with an earlier row that differs in at most so many of 1,024 bytes"
              .formatted(names.get(set)),
          within.get(set).counts(null));
    }
    Neighbours leaks = audit.leaks();
    if (leaks != null) {
      printer.printNear(
          "Rows of %s with a row of %s that differs in at most so many bytes"
              .formatted(names.get(1), names.get(0)),
          leaks.counts(audit.correct()));
    }
    if (audit.correct() != null) {
      printer.printAccuracy(audit.correct(), sets.get(1).size());
    }
  }

  private void writeDuplicates(Audit audit, List<Neighbours> within) throws IOException {
    Path file = options.duplicates();
    if (file == null) {
      return;
    }
    DuplicateList list = new DuplicateList();
    for (int set = 0; set < sets.size(); set++) {
      list.add(sets.get(set), sets.get(set), within.get(set));
    }
    Neighbours leaks = audit.leaks();
    if (leaks != null) {
      list.add(sets.get(1), sets.get(0), leaks);
    }
    DuplicatesCsv.write(file, list.rows());
    print("Wrote %s: %,d rows", file, list.rows().size());
  }

  private void writeClean(Audit audit, List<Neighbours> within) throws IOException {
    Path directory = options.deduplicated();
    if (directory == null) {
      return;
    }
    for (int set = 0; set < sets.size(); set++) {
      Path target = directory.resolve(Objects.requireNonNull(files.get(set).getFileName()));
      refuseToReplace(target);
      @Nullable Neighbours leaks = set == 0 ? null : audit.leaks();
      BitSet dropped = dropped(audit.equal().conflicts(set), within.get(set), leaks);
      IntPredicate isKept = row -> !dropped.get(row);
      CsvRowFilter.copy(files.get(set), target, isKept);
      RecipeFile.copy(files.get(set), target);
      int rows = sets.get(set).size();
      print("Wrote %s: %,d of %,d rows", target, rows - dropped.cardinality(), rows);
    }
  }

  private BitSet dropped(BitSet conflicts, Neighbours earlier, @Nullable Neighbours leaks) {
    BitSet dropped = conflicts;
    for (int row = 0; row < earlier.size(); row++) {
      if (earlier.isWithin(row, options.within())
          || (leaks != null && leaks.isWithin(row, options.within()))) {
        dropped.set(row);
      }
    }
    return dropped;
  }

  private static void refuseToReplace(Path target) throws IOException {
    if (Files.exists(target)) {
      throw new IOException(
          target + ": exists already and is not overwritten. Name another directory.");
    }
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
