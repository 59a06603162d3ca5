package org.virusmnist.cli.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageFiles;

/**
 * The files of a training run.
 *
 * @param train to train on
 * @param validation to validate on, or null where rows of the training files are
 * @param test to evaluate on
 */
public record DataFiles(ImageFiles train, @Nullable ImageFiles validation, ImageFiles test) {
  /** Returns what is read, the training files first. */
  public List<ImageFiles> sets() {
    return validation == null ? List.of(train, test) : List.of(train, test, validation);
  }

  /** Returns all files, those to train on first. */
  List<Path> all() {
    List<Path> all = new ArrayList<>();
    sets().forEach(set -> all.addAll(set.files()));
    return all;
  }
}
