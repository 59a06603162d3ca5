package org.virusmnist.cli.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.Printable;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.imaging.ClassFolders;
import org.virusmnist.imaging.FoundFile;

/** Numbers for the folders that files are sorted into. */
final class FolderLabels {
  private static final String FORMULA = "=+-@";

  private static final Logger LOG = LogManager.getLogger(FolderLabels.class);

  private final ClassNames names;
  private final Set<Integer> used = new HashSet<>();

  private FolderLabels(ClassNames names) {
    this.names = names;
  }

  /** Reads the names asked for, or takes those of the folders. */
  static FolderLabels of(CommonOptions common, ImagesCommand command) throws IOException {
    List<String> folders = ClassFolders.below(command.paths(), command.followsLinks());
    common.require(
        !folders.isEmpty(),
        "labels are asked for, but there is no folder below %s to name a class"
            .formatted(command.paths().get(0)));
    for (String folder : folders) {
      common.require(
          folder.equals(Printable.of(folder)) && !folder.isBlank(),
          "'%s' is no name for a class, expected printable text".formatted(Printable.of(folder)));
    }
    Path file = command.classNamesFile();
    if (file == null) {
      return of(common, ClassNames.of(folders));
    }
    ClassNames names = ClassNames.read(file);
    for (String folder : folders) {
      common.require(
          names.toList().contains(folder),
          "%s has no class '%s', expected a name for every folder"
              .formatted(file, Printable.of(folder)));
    }
    return of(common, names);
  }

  /** The names go into a CSV file, which people open in spreadsheets. */
  private static FolderLabels of(CommonOptions common, ClassNames names) {
    for (String name : names.toList()) {
      common.require(
          FORMULA.indexOf(name.charAt(0)) < 0,
          "class '%s' starts with '%s', which a spreadsheet takes for a formula. Rename it"
              .formatted(name, name.charAt(0)));
    }
    return new FolderLabels(names);
  }

  /** Returns the label of a file, or null if it lies in no folder of a class. */
  @Nullable Integer label(FoundFile file) {
    String folder = file.folder();
    int label = folder == null ? -1 : names.toList().indexOf(folder);
    return label < 0 ? null : label;
  }

  /** Counts an image of a class. */
  void use(int label) {
    used.add(label);
  }

  /** Warns of classes without a file, which {@code train} would count nevertheless. */
  void warnOfEmptyClasses() {
    List<String> empty = new ArrayList<>();
    for (int label = 0; label < names.size(); label++) {
      if (!used.contains(label)) {
        empty.add("%d %s".formatted(label, names.name(label)));
      }
    }
    if (!empty.isEmpty()) {
      LOG.warn("Classes without an image: {}. Labels count them.", String.join(", ", empty));
    }
  }

  /**
   * Refuses names beside the output that say something else, which {@code train} would take.
   *
   * @return where the names are to be written
   */
  Path fileBeside(Path output) throws IOException {
    Path file = output.resolveSibling("classes.csv");
    if (Files.isRegularFile(file) && !ClassNames.read(file).toList().equals(names.toList())) {
      throw new IOException(
          file
              + ": names other classes than the folders do. Give it as --class-names, or write to"
              + " another directory.");
    }
    return file;
  }

  ClassNames names() {
    return names;
  }
}
