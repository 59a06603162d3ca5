package org.virusmnist.cli.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.virusmnist.dataset.ImageSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which models predict, and on how many views of an image; their probabilities are averaged. */
public final class EnsembleOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN_OR_SAVEDMODEL",
      description =
          "A run directory or a SavedModel. Given several times: an ensemble, which "
              + "says the mean of their probabilities.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--average-shifts",
      paramLabel = "BYTES",
      description =
          "Test-time augmentation: the mean over each image and the same moved on and "
              + "back by 1 to BYTES bytes, what leaves at one end entering at the other "
              + "(default: 0, the image alone).")
  private int shifts;

  /** Refuses what is out of range. */
  public void check() {
    if (shifts < 0 || shifts >= ImageSet.PIXELS / 2) {
      throw new ParameterException(
          spec.commandLine(),
          "--average-shifts is %d, expected 0 to %d".formatted(shifts, ImageSet.PIXELS / 2 - 1));
    }
  }

  /** Whether one model sees every image once, as it is. */
  public boolean isPlain() {
    return models.size() == 1 && shifts == 0;
  }

  /** Returns the first model, which says what all are asked. */
  public Path first() {
    return models.get(0);
  }

  List<Path> models() {
    return models;
  }

  /** Returns by how many bytes each view of an image is moved; 0 is the image itself. */
  int[] shifts() {
    return IntStream.rangeClosed(-shifts, shifts).toArray();
  }
}
