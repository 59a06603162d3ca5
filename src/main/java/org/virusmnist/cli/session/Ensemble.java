package org.virusmnist.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.MeanProbabilities;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.report.ModelTraining;
import picocli.CommandLine.ParameterException;

/**
 * One model or several, open, that answer together. May be asked by several threads at a time.
 *
 * <p>Several models, or several views of an image, answer with the mean of their probabilities;
 * losses are those of the mean.
 */
public final class Ensemble implements AutoCloseable {
  private final List<ModelOpening> members;
  private final int[] shifts;
  private final ModelLocation first;

  private Ensemble(List<ModelOpening> members, int[] shifts, ModelLocation first) {
    this.members = members;
    this.shifts = shifts;
    this.first = first;
  }

  /**
   * Begins to open the models.
   *
   * @throws ParameterException if they have different numbers of classes, or were trained for
   *     classes of other names or on images of another recipe
   */
  public static Ensemble open(
      EnsembleOptions options, ModelOptions modelOptions, CommonOptions common) throws IOException {
    List<ModelLocation> locations = locations(options, common);
    List<ModelOpening> members = new ArrayList<>();
    Ensemble ensemble = new Ensemble(members, options.shifts(), locations.get(0));
    try {
      for (ModelLocation location : locations) {
        members.add(ModelOpening.start(location.directory(), modelOptions));
        location.warnIfUntrained();
      }
      ensemble.requireSameClasses(options, common);
      return ensemble;
    } catch (IOException | RuntimeException e) {
      ensemble.close();
      throw e;
    }
  }

  private static List<ModelLocation> locations(EnsembleOptions options, CommonOptions common)
      throws IOException {
    List<ModelLocation> locations = new ArrayList<>();
    for (Path model : options.models()) {
      locations.add(ModelLocation.find(model));
      String difference =
          difference(locations.get(0).training(), locations.get(locations.size() - 1).training());
      if (!difference.isEmpty()) {
        throw new ParameterException(
            common.mixee().commandLine(),
            "--model %s %s as %s".formatted(model, difference, options.first()));
      }
    }
    return locations;
  }

  /**
   * Returns in what a member was trained for something else than the first, with both names; empty
   * if in nothing, or as far as one of them does not know.
   */
  static String difference(@Nullable ModelTraining first, @Nullable ModelTraining member) {
    if (first == null || member == null) {
      return "";
    }
    int shared = Math.min(first.classNames().size(), member.classNames().size());
    for (int c = 0; c < shared; c++) {
      if (!member.classNames().get(c).equals(first.classNames().get(c))) {
        return "calls class %d '%s', expected '%s'"
            .formatted(c, member.classNames().get(c), first.classNames().get(c));
      }
    }
    String expected = first.imageRecipe();
    String found = member.imageRecipe();
    return expected == null || found == null || found.equals(expected)
        ? ""
        : "was trained on images of the recipe '%s', expected '%s'".formatted(found, expected);
  }

  private void requireSameClasses(EnsembleOptions options, CommonOptions common) {
    for (int i = 1; i < members.size(); i++) {
      if (members.get(i).classCount() != classCount()) {
        throw new ParameterException(
            common.mixee().commandLine(),
            "--model %s has %d classes, expected %d as %s"
                .formatted(
                    options.models().get(i),
                    members.get(i).classCount(),
                    classCount(),
                    options.first()));
      }
    }
  }

  /** Returns the model that was named first, whose names are those of the classes. */
  public ModelLocation location() {
    return first;
  }

  /** Returns how many classes the models tell apart. */
  public int classCount() {
    return members.get(0).classCount();
  }

  /** Returns the only model, or the first of several. */
  public ClassifierModel model() throws IOException {
    return members.get(0).model();
  }

  /** Waits for all models and returns what answers. */
  public Answers answers() throws IOException {
    List<ClassifierModel> models = new ArrayList<>();
    for (ModelOpening member : members) {
      models.add(member.model());
    }
    return new Answers(models, shifts);
  }

  /** The open models; they stay the ensemble's. */
  public record Answers(List<ClassifierModel> models, int[] shifts) {
    /** Returns how many classes the models tell apart. */
    public int classCount() {
      return models.get(0).shape().classCount();
    }

    /** Returns the probabilities of consecutive images, row by row [count×C]. */
    public float[] predict(ImageSet images, int from, int count) {
      if (isPlain()) {
        return models.get(0).predict(images, from, count);
      }
      MeanProbabilities mean = new MeanProbabilities(count * models.get(0).shape().classCount());
      for (int shift : shifts) {
        ImageSet view = shift == 0 ? images : images.shifted(shift);
        models.forEach(model -> mean.add(model.predict(view, from, count)));
      }
      return mean.mean();
    }

    /** Returns the losses and probabilities of consecutive labelled images. */
    public BatchScores evaluate(ImageSet images, int from, int count) {
      if (isPlain()) {
        return models.get(0).evaluate(images, from, count);
      }
      int classCount = models.get(0).shape().classCount();
      float[] probabilities = predict(images, from, count);
      PredictionBatch batch =
          PredictionBatch.of(0, classCount, probabilities)
              .withLabels(Arrays.copyOfRange(images.labels(), from, from + count));
      float[] losses = new float[count];
      for (int i = 0; i < count; i++) {
        losses[i] = (float) batch.crossEntropy(i);
      }
      return new BatchScores(losses, probabilities);
    }

    private boolean isPlain() {
      return models.size() == 1 && shifts.length == 1;
    }
  }

  @Override
  public void close() {
    members.forEach(ModelOpening::close);
  }
}
