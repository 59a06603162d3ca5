package org.virusmnist.cli.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.TrainingStorage;
import org.virusmnist.cli.run.CheckpointFiles;
import org.virusmnist.cli.session.DiskFeatures;
import org.virusmnist.cli.session.FeatureSource;
import org.virusmnist.cli.session.FileFeatures;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.dataset.Augmentation;
import org.virusmnist.model.BaseTraining;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.Regularization;
import org.virusmnist.model.ResidentRows;
import org.virusmnist.model.WeightAccess;
import org.virusmnist.training.Resumable;
import org.virusmnist.training.StepChunk;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingOptions;
import org.virusmnist.training.TrainingState;

/** Trains an open model: the epochs of the head, then, if asked for, those of head and base. */
public final class Training {
  private final TrainCommand command;
  private final ClassifierModel model;
  private final DataOptions.Rows rows;
  private final TrainingStorage storage;
  private final InferenceRunner inference;
  private final TrainingOptions options;
  private final Supplier<FeatureSource> features;
  private final List<TrainingPhase> phases = new ArrayList<>();

  /**
   * Describes a training.
   *
   * @param command its options
   * @param model the model, which stays the caller's
   * @param rows what to train, validate and test on
   * @param options of the head's epochs; their seed is the training's
   * @param means what computes features and where they go; they stay the caller's
   */
  Training(
      TrainCommand command,
      ClassifierModel model,
      DataOptions.Rows rows,
      TrainingOptions options,
      Means means) {
    this.command = command;
    this.model = model;
    this.rows = rows;
    this.options = options;
    this.storage = means.storage();
    this.inference = means.inference();
    this.features = means.features();
    FineTuneOptions fineTune = command.fineTune();
    EndingOptions endings = command.endings();
    phases.add(
        new TrainingPhase(
            TrainingPhase.Name.HEAD,
            options,
            endings,
            !fineTune.isOn(),
            WeightAccess.ofHead(model)));
    if (fineTune.isOn()) {
      phases.add(
          new TrainingPhase(
              TrainingPhase.Name.BASE,
              fineTune.training(options),
              endings,
              true,
              new WeightAccess(model)));
    }
  }

  /**
   * How features come about and where rows are.
   *
   * @param inference computes features and scores
   * @param storage where rows are, and features of rows on disk
   * @param features gives sources of features in memory, which are closed after use
   */
  record Means(
      InferenceRunner inference, TrainingStorage storage, Supplier<FeatureSource> features) {}

  /** Returns what must be the same after a run was resumed. */
  TrainCheckpoints.Parts parts() {
    ModelWeights weights = new ModelWeights(model, command.usesFeatureCache());
    List<Resumable> values = new ArrayList<>(List.of(weights));
    List<CheckpointFiles> files = new ArrayList<>(List.of(weights));
    for (TrainingPhase phase : phases) {
      values.addAll(phase.parts());
      files.addAll(phase.kept());
    }
    return new TrainCheckpoints.Parts(values, files);
  }

  /**
   * What a training has led to.
   *
   * @param state where it stands
   * @param rows the model and the rows, ready to be scored; to be closed by the caller
   */
  record Trained(TrainingState state, HeadTraining rows) {}

  /** Is told when all is ready for the first step. */
  @FunctionalInterface
  interface Opened {
    void ready(boolean hasFeatures) throws IOException;
  }

  /**
   * Trains from where an earlier process stood.
   *
   * @param from a state; the weights are those of that moment
   * @param listener is told of everything
   * @param opened is told before the first step
   */
  Trained run(TrainingState from, TrainingListener listener, Opened opened) throws IOException {
    int inAll = phases.stream().mapToInt(TrainingPhase::epochs).sum();
    TrainingState state = from;
    int first = 0;
    boolean isReady = false;
    for (int i = 0; i < phases.size(); i++) {
      TrainingPhase phase = phases.get(i);
      boolean isLast = i == phases.size() - 1;
      if (isLast || !phase.isBehind(state, first)) {
        HeadTraining open = open(i);
        try {
          if (!isReady) {
            opened.ready(i == 0 && command.usesFeatureCache());
            isReady = true;
          }
          state = phase.run(loop(open, listener), state, first, inAll);
        } catch (IOException | RuntimeException e) {
          open.close();
          throw e;
        }
        if (isLast) {
          return new Trained(state, open);
        }
        open.close();
      }
      first = phase.end(first);
    }
    throw new IllegalStateException("no phase, expected 1 or more");
  }

  private TrainingPhase.Loop loop(HeadTraining open, TrainingListener listener) {
    Regularization regularization =
        command.recipe().regularization(rows.train().labels(), model.shape().classCount());
    return new TrainingPhase.Loop(
        chunk -> open.train(steps(chunk, regularization), chunk.epoch()),
        open,
        rows.trainRows().inEpochs(),
        listener);
  }

  private HeadSteps steps(StepChunk chunk, Regularization regularization) {
    return new HeadSteps(chunk.rows(), chunk.learningRates(), regularization, options.seed());
  }

  private HeadTraining open(int phase) throws IOException {
    boolean onFeatures = phase == 0 && command.usesFeatureCache();
    boolean isChanged = !onFeatures && command.augmentationOptions().augmentation().isOn();
    boolean staysOutside = storage.isOnDisk() && !onFeatures;
    if (!isChanged && (command.resident().isOn(model) || staysOutside)) {
      return openResident(phase, onFeatures);
    }
    if (!onFeatures) {
      return new ImagesInLoop(
          model, rows, inference, images(phase == 0 ? model::train : fineTune()));
    }
    return storage.isOnDisk()
        ? new FeaturesOnDisk(
            model, rows, new DiskFeatures(model, inference, storage), options.batchSize())
        : new CachedFeatures(model, rows, features.get());
  }

  /** On the device, or the rows of the next steps in turn where images are not in memory. */
  private HeadTraining openResident(int phase, boolean onFeatures) throws IOException {
    long maxBytes = command.resident().maxBytes(model, storage.isOnDisk());
    ResidentTraining.Steps steps = phase == 0 ? ResidentRows::train : fineTuneResident();
    ResidentTraining resident =
        onFeatures
            ? ResidentTraining.onFeatures(model, rows, fileFeatures(), maxBytes)
            : ResidentTraining.onImages(model, rows, inference, steps, maxBytes);
    try {
      command.resident().requireRoom(resident.room(), options.batchSize());
      return resident;
    } catch (RuntimeException e) {
      resident.close();
      throw e;
    }
  }

  private FileFeatures fileFeatures() {
    return storage.isOnDisk() ? new DiskFeatures(model, inference, storage) : features.get();
  }

  private TrainingImages images(TrainingImages.Signature signature) {
    Augmentation augmentation = command.augmentationOptions().augmentation();
    return augmentation.isOn()
        ? TrainingImages.changed(model, rows.train(), signature, augmentation)
        : TrainingImages.loaded(model, rows.train(), signature);
  }

  private TrainingImages.Signature fineTune() {
    BaseTraining base = command.fineTune().base();
    return base == null
        ? model::fineTune
        : (images, labels, steps) -> model.fineTune(images, labels, steps, base);
  }

  private ResidentTraining.Steps fineTuneResident() {
    BaseTraining base = command.fineTune().base();
    return base == null
        ? ResidentRows::fineTune
        : (resident, steps) -> resident.fineTune(steps, base);
  }
}
