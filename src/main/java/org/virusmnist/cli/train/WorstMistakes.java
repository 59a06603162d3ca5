package org.virusmnist.cli.train;

import java.io.IOException;
import java.util.List;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.cli.session.ModelLocation;
import org.virusmnist.cli.session.RowExplainer;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.report.Explanations;
import org.virusmnist.report.JsonTree;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which bytes drove the worst mistakes of a run, for its report. */
final class WorstMistakes {
  /**
   * Half of what {@code explain} takes, for time: of the 20 worst mistakes on {@code data/} the
   * sums of 19 are within 1 %. With 64 those of 14 were not, and of some rows other bytes came
   * first.
   */
  private static final int STEPS = 256;

  private static final int TOP = 10;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--explain",
      paramLabel = "N",
      description = "Most confident mistakes to explain in the report, 0 for none (default: 3).")
  private int count = 3;

  void check() {
    if (count < 0) {
      throw new ParameterException(
          spec.commandLine(), "--explain is " + count + ", expected 0 or more");
    }
  }

  boolean areExplained() {
    return count > 0;
  }

  /**
   * Explains the first mistakes; of nothing where none is asked for or made.
   *
   * @param config the run's configuration, which says what the test rows are
   * @param bar shows how far it is, to the thread that explains
   */
  Explanations explain(
      ClassifierModel model,
      TrainCommand command,
      ImageSet test,
      JsonTree config,
      List<PredictionBatch> mistakes,
      ProgressBar bar)
      throws IOException {
    List<PredictionBatch> worst = mistakes.subList(0, Math.min(count, mistakes.size()));
    if (worst.isEmpty()) {
      return Explanations.none();
    }
    RowExplainer.Settings settings = new RowExplainer.Settings(STEPS, TOP, null);
    RowExplainer explainer = new RowExplainer(model, settings, command.modelOptions(), bar);
    JsonTree data = config.at("data", "test");
    return new Explanations(
        STEPS,
        ModelLocation.explains(command.recipe().model()),
        data.at("file").text(),
        data.at("sha256").text(),
        explainer.explain(test, worst));
  }
}
