package org.virusmnist.cli.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.dataset.TrainingRows;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.Score;
import org.virusmnist.model.WeightAccess;
import org.virusmnist.training.EarlyStopping;
import org.virusmnist.training.Phase;
import org.virusmnist.training.Plateau;
import org.virusmnist.training.Resumable;
import org.virusmnist.training.Schedule;
import org.virusmnist.training.TrainStep;
import org.virusmnist.training.Trainer;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingOptions;
import org.virusmnist.training.TrainingState;

/** The epochs of the head or those of the base, and what watches over them. */
final class TrainingPhase {
  private static final Logger LOG = LogManager.getLogger(TrainingPhase.class);

  private final TrainingOptions options;
  private final String rateOption;
  private final @Nullable EarlyStopping stopping;
  private final @Nullable Plateau plateau;
  private final @Nullable KeptWeights best;
  private final @Nullable KeptWeights mean;
  private final int averageEpochs;

  /**
   * Describes a phase.
   *
   * @param name of its parts in a checkpoint
   * @param options epochs, batch size, learning rate, order
   * @param endings when it ends and with which weights
   * @param isLast whether no phase follows: a mean of weights is taken at the very end
   * @param access to the weights of the model
   */
  TrainingPhase(
      Name name,
      TrainingOptions options,
      EndingOptions endings,
      boolean isLast,
      WeightAccess access) {
    this.options = options;
    this.rateOption = name.rateOption;
    this.best = endings.stopsEarly() ? new KeptWeights(name.part("best"), access) : null;
    this.stopping =
        best == null ? null : endings.earlyStopping(name.part("early_stopping"), best::replace);
    this.plateau =
        options.schedule().shape() == Schedule.Shape.PLATEAU
            ? new Plateau(name.part("plateau"), endings.monitor(), endings.plateau())
            : null;
    this.averageEpochs = isLast ? endings.averageEpochs() : 0;
    this.mean = averageEpochs > 0 ? new KeptWeights(name.part("mean"), access) : null;
  }

  /** Which part of the model is trained. */
  enum Name {
    HEAD("--learning-rate"),
    BASE("--fine-tune-learning-rate");

    private final String rateOption;

    Name(String rateOption) {
      this.rateOption = rateOption;
    }

    private String part(String part) {
      return name().toLowerCase(Locale.ROOT) + "_" + part;
    }
  }

  int epochs() {
    return options.epochs();
  }

  /** Returns what must be the same after a run was resumed. */
  List<Resumable> parts() {
    List<Resumable> parts = new ArrayList<>(kept());
    if (stopping != null) {
      parts.add(stopping);
    }
    if (plateau != null) {
      parts.add(plateau);
    }
    return parts;
  }

  /** Returns the weights that are set aside. */
  List<KeptWeights> kept() {
    List<KeptWeights> kept = new ArrayList<>();
    if (best != null) {
      kept.add(best);
    }
    if (mean != null) {
      kept.add(mean);
    }
    return kept;
  }

  /** Returns the number of the epoch after its last one, as far as that is known. */
  int end(int firstEpoch) {
    EarlyStopping watch = stopping;
    return watch != null && watch.isOver() ? watch.lastEpoch() + 1 : firstEpoch + options.epochs();
  }

  /** Whether training stands in a later phase. */
  boolean isBehind(TrainingState state, int firstEpoch) {
    int end = end(firstEpoch);
    return state.epoch() > end || (state.epoch() == end && !state.isBetweenEpochs());
  }

  /** What a phase runs on. */
  record Loop(TrainStep step, HeadTraining rows, TrainingRows trained, TrainingListener listener) {}

  /** Runs what is left of it, and gives the model the weights that it ends with. */
  TrainingState run(Loop loop, TrainingState from, int firstEpoch, int epochsInAll)
      throws IOException {
    Trainer trainer =
        new Trainer(
            phase(firstEpoch, epochsInAll),
            loop.step(),
            loop.rows()::scoreValidation,
            TrainingListener.all(watch(firstEpoch), loop.listener()),
            System::nanoTime);
    TrainingState end = trainer.run(loop.trained(), from);
    finish(loop.rows());
    return end;
  }

  private Phase phase(int firstEpoch, int epochsInAll) {
    Plateau lowering = plateau;
    EarlyStopping watch = stopping;
    return new Phase(
        options,
        firstEpoch,
        epochsInAll,
        () -> lowering == null ? 1 : lowering.factor(),
        () -> watch != null && watch.isOver(),
        rateOption);
  }

  private TrainingListener watch(int firstEpoch) {
    return new TrainingListener() {
      @Override
      public void onEpochEnd(Epoch epoch, Progress progress) {
        if (stopping != null) {
          stopping.onEpochEnd(epoch, progress);
        }
        if (plateau != null) {
          plateau.onEpochEnd(epoch, progress);
        }
        if (mean != null && epoch.epoch() >= firstEpoch + options.epochs() - averageEpochs) {
          mean.add();
        }
      }
    };
  }

  private void finish(HeadTraining rows) throws IOException {
    if (best != null && stopping != null) {
      best.assign();
      LOG.info("Weights     of epoch {}, the best", stopping.bestEpoch() + 1);
    }
    if (mean != null) {
      mean.assign();
      Score score = rows.scoreValidation();
      LOG.info(
          "{}",
          String.format(
              Locale.ROOT,
              "Weights     mean of the last %d epochs - val_loss: %.4f - val_accuracy: %.4f",
              mean.count(),
              score.loss(),
              score.accuracy()));
    }
  }
}
