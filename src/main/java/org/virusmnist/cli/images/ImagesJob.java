package org.virusmnist.cli.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.FileProgress;
import org.virusmnist.cli.input.BesideCsv;
import org.virusmnist.cli.input.RecipeFile;
import org.virusmnist.cli.input.SkippedFiles;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.dataset.ImageCsvWriter;
import org.virusmnist.imaging.FileFinder;
import org.virusmnist.imaging.FileImage;
import org.virusmnist.imaging.FileImage.Drawn;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.imaging.FileReader;
import org.virusmnist.imaging.FoundFile;
import org.virusmnist.inference.OrderedPipeline;
import org.virusmnist.report.FileListCsv;
import org.virusmnist.storage.AtomicFile;

/** What {@code images} does, from files to CSV. */
final class ImagesJob {
  private final CommonOptions common;
  private final ImagesCommand command;
  private final Path filesCsv;
  private final Path skippedCsv;
  private final SkippedFiles skipped;

  ImagesJob(CommonOptions common, ImagesCommand command) {
    this.common = common;
    this.command = command;
    this.filesCsv = BesideCsv.of(command.output(), "files.csv");
    this.skippedCsv = BesideCsv.of(command.output(), "skipped.csv");
    this.skipped = new SkippedFiles(skippedCsv);
  }

  void run() throws IOException {
    FolderLabels labels = command.isLabelled() ? FolderLabels.of(common, command) : null;
    Path classes = labels == null ? null : labels.fileBeside(command.output());
    long rows = write(labels);
    RecipeFile.write(command.output(), command.recipe());
    if (labels != null && classes != null) {
      labels.names().write(classes);
      labels.warnOfEmptyClasses();
    }
    command
        .json()
        .print(
            common.out(),
            Map.of(
                "output", command.output(),
                "recipe", command.recipe().id(),
                "rows", rows,
                "skipped", skipped.count()));
    print("Wrote %s: %,d images by recipe %s", command.output(), rows, command.recipe().id());
    print("Wrote %s: which row is which file", filesCsv);
    print("Wrote %s: %s", skippedCsv, skipped.summary());
  }

  private long write(@Nullable FolderLabels labels) throws IOException {
    FileFinder finder = new FileFinder(command.paths(), command.followsLinks());
    try (ImageCsvWriter csv = ImageCsvWriter.open(command.output(), labels != null, true);
        FileListCsv files = FileListCsv.open(filesCsv, "row", "file", "size");
        skipped) {
      skipped.open();
      read(
          finder,
          image -> {
            if (image instanceof Skipped file) {
              skipped.add(file);
            } else if (image instanceof Drawn drawn) {
              add(drawn, labels, csv, files);
            }
          });
      skipped.commit();
      requireRows(csv.rows());
      files.commit();
      csv.commit();
      return csv.rows();
    }
  }

  private void read(FileFinder finder, OrderedPipeline.Sink<FileImage> sink) throws IOException {
    FileReader reader = new FileReader(command.recipe(), command.hash());
    FileProgress progress =
        FileProgress.start(common.progressBar(), command.paths(), command.followsLinks());
    new OrderedPipeline(command.threads())
        .run(
            () -> nextFile(finder),
            reader::read,
            image -> {
              common.stopSignals().throwIfRequested();
              sink.accept(image);
              progress.add(image.file());
            });
    progress.end();
  }

  /** Returns the next file that is not one of those being written here. */
  private static @Nullable FoundFile nextFile(FileFinder finder) {
    FoundFile file = finder.next();
    while (file != null && AtomicFile.isTemporary(file.path())) {
      file = finder.next();
    }
    return file;
  }

  private void add(
      Drawn image, @Nullable FolderLabels labels, ImageCsvWriter csv, FileListCsv files)
      throws IOException {
    Integer label = labels == null ? Integer.valueOf(0) : labels.label(image.file());
    if (label == null) {
      skipped.add(new Skipped(image.file(), "lies in no folder that names a class"));
      return;
    }
    files.add(csv.rows(), image.file().path(), image.size());
    csv.add(image.pixels(), label, image.hash());
    if (labels != null) {
      labels.use(label);
    }
  }

  private void requireRows(long rows) throws IOException {
    if (rows == 0) {
      throw new DatasetFormatException(
          command.paths().get(0),
          0,
          0,
          String.format(
              Locale.ROOT,
              "no Windows executable among %,d files. See %s for the reasons.",
              skipped.count(),
              skippedCsv));
    }
  }

  private void print(String format, Object... values) {
    command.json().textTo(common.out()).println(String.format(Locale.ROOT, format, values));
  }
}
