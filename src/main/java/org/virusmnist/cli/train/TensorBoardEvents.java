package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.report.tensorboard.EventFile;
import org.virusmnist.training.Resumable;
import org.virusmnist.training.StepChunk;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingState;

/**
 * Shows training to TensorBoard while it runs, under the names that Keras gives it: {@code train}
 * and {@code validation} have their scores by epoch, {@code train} those of single steps too.
 *
 * <p>Steps are numbered on over epochs. A checkpoint remembers how long the files were, and a
 * resumed run goes on from there.
 */
final class TensorBoardEvents implements TrainingListener, Resumable, AutoCloseable {
  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";
  private static final String STEPS = "steps";

  /** From here on every second step is kept, from twice as many on every fourth, and so on. */
  private static final long ALL_STEPS = 20_000;

  private final Path directory;
  private final LongSupplier millis;
  private Map<String, String> saved = Map.of();
  private @Nullable Growing files;
  private long steps;

  TensorBoardEvents(Path directory, LongSupplier millis) {
    this.directory = directory;
    this.millis = millis;
  }

  /** The files that grow. */
  private record Growing(EventFile train, EventFile validation) {}

  /** Opens the files, once it is known where training begins. */
  void start() throws IOException {
    EventFile train = open(TRAIN);
    try {
      files = new Growing(train, open(VALIDATION));
    } catch (IOException | RuntimeException e) {
      train.close();
      throw e;
    }
  }

  private EventFile open(String run) throws IOException {
    String bytes = saved.get(run);
    return bytes == null
        ? EventFile.create(directory.resolve(run), millis)
        : EventFile.resume(directory.resolve(run), Long.parseLong(bytes), millis);
  }

  private Growing files() {
    return Objects.requireNonNull(files, "only after start()");
  }

  @Override
  public void onCallEnd(StepChunk chunk, StepResults results) {
    for (int i = 0; i < chunk.steps(); i++) {
      if (isKept(steps)) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("batch_loss", (double) results.losses()[i]);
        values.put("batch_accuracy", (double) results.correct()[i] / chunk.validRows(i));
        values.put("learning_rate", (double) chunk.learningRates()[i]);
        files().train().addScalars(steps, values);
      }
      steps++;
    }
  }

  /** Whether a step is written down: the files of long trainings stay small. */
  static boolean isKept(long step) {
    return step % Long.highestOneBit(Math.max(1, 2 * step / ALL_STEPS)) == 0;
  }

  @Override
  public void onEpochEnd(Epoch epoch, Progress progress) {
    Map<String, Double> train = new LinkedHashMap<>();
    train.put("epoch_loss", epoch.loss());
    train.put("epoch_accuracy", epoch.accuracy());
    train.put("images_per_second", progress.imagesPerSecond());
    files().train().addScalars(epoch.epoch(), train);
    if (epoch.hasValidation()) {
      Map<String, Double> validation = new LinkedHashMap<>();
      validation.put("epoch_loss", epoch.valLoss());
      validation.put("epoch_accuracy", epoch.valAccuracy());
      files().validation().addScalars(epoch.epoch(), validation);
    }
  }

  @Override
  public void onSafePoint(TrainingState state) throws IOException {
    files().train().flush();
    files().validation().flush();
  }

  @Override
  public String name() {
    return "tensorboard";
  }

  @Override
  public Map<String, String> save() throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(STEPS, Long.toString(steps));
    values.put(TRAIN, Long.toString(files().train().sync()));
    values.put(VALIDATION, Long.toString(files().validation().sync()));
    return values;
  }

  @Override
  public void restore(Map<String, String> values) {
    saved = Map.copyOf(values);
    steps = Long.parseLong(values.getOrDefault(STEPS, "0"));
  }

  @Override
  public void close() throws IOException {
    Growing open = files;
    files = null;
    if (open != null) {
      try {
        open.train().close();
      } finally {
        open.validation().close();
      }
    }
  }
}
