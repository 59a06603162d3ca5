package org.virusmnist.cli.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.imaging.FileFinder;
import org.virusmnist.imaging.FileImage;
import org.virusmnist.imaging.FileImage.Drawn;
import org.virusmnist.imaging.FileImage.Skipped;
import org.virusmnist.imaging.FileReader;
import org.virusmnist.imaging.FoundFile;
import org.virusmnist.model.ClassifierModel;

/** Files on their way through a model, some at a time, in the order in which they are found. */
final class FilePredictions {
  private static final int FILES_PER_CALL = 64;

  private final FileFinder finder;
  private final FileReader reader;
  private final ClassifierModel model;

  FilePredictions(FileFinder finder, FileReader reader, ClassifierModel model) {
    this.finder = finder;
    this.reader = reader;
    this.model = model;
  }

  /**
   * Some files and what the model says of those that have an image.
   *
   * @param files all of them, drawn or skipped
   * @param drawn those with an image
   * @param probabilities probability of each class for each of the drawn, row by row
   */
  record Predicted(List<FileImage> files, List<Drawn> drawn, float[] probabilities) {
    List<Path> paths() {
      return drawn.stream().map(image -> image.file().path()).toList();
    }

    @Nullable String[] hashes() {
      return drawn.stream().map(Drawn::hash).toArray(String[]::new);
    }

    List<Skipped> skipped() {
      return files.stream().filter(Skipped.class::isInstance).map(Skipped.class::cast).toList();
    }
  }

  /** Hands everything over, batch by batch. */
  void run(InferenceRunner inference, Sink sink) throws IOException {
    inference.run(this::nextFiles, this::predict, sink::accept);
  }

  /** Takes predictions in the order of the files. */
  @FunctionalInterface
  interface Sink {
    void accept(Predicted predicted) throws IOException;
  }

  private @Nullable List<FoundFile> nextFiles() {
    List<FoundFile> files = new ArrayList<>();
    for (int i = 0; i < FILES_PER_CALL; i++) {
      FoundFile file = finder.next();
      if (file == null) {
        break;
      }
      files.add(file);
    }
    return files.isEmpty() ? null : files;
  }

  private Predicted predict(List<FoundFile> files) {
    List<FileImage> images = files.parallelStream().map(reader::read).toList();
    List<Drawn> drawn =
        images.stream().filter(Drawn.class::isInstance).map(Drawn.class::cast).toList();
    return new Predicted(images, drawn, drawn.isEmpty() ? new float[0] : probabilities(drawn));
  }

  private float[] probabilities(List<Drawn> drawn) {
    byte[] pixels = new byte[drawn.size() * ImageSet.PIXELS];
    for (int i = 0; i < drawn.size(); i++) {
      System.arraycopy(drawn.get(i).pixels(), 0, pixels, i * ImageSet.PIXELS, ImageSet.PIXELS);
    }
    return model.predict(ImageSet.of(pixels, null), 0, drawn.size());
  }
}
