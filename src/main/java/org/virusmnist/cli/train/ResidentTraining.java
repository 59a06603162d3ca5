package org.virusmnist.cli.train;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.input.FileRows;
import org.virusmnist.cli.session.FileFeatures;
import org.virusmnist.cli.session.HeadTraining;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.ImageChunk;
import org.virusmnist.inference.RowRanges;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.metrics.Score;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.metrics.TemperatureScaling;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.FeatureRows;
import org.virusmnist.model.FeatureScores;
import org.virusmnist.model.HeadSteps;
import org.virusmnist.model.ResidentRows;

/**
 * Trains on rows that stay in the device's memory: only their numbers go there, only losses return.
 *
 * <p>Rows to train and to validate on are one set; those of the test are needed once and are fed.
 */
final class ResidentTraining implements HeadTraining {
  private static final Logger LOG = LogManager.getLogger(ResidentTraining.class);

  private final ResidentRows resident;
  private final Places train;
  private final Places validation;
  private final Steps steps;
  private final int scoredPerCall;
  private final TestRows test;

  /** What runs steps: {@code train} or {@code fineTune}. */
  @FunctionalInterface
  interface Steps {
    StepResults run(ResidentRows rows, HeadSteps steps);
  }

  /** Scores the test rows; closing frees what they need. */
  private interface TestRows {
    void score(InferenceRunner.ScoreSink sink) throws IOException;

    void close();
  }

  /** Where rows are among the resident ones, and their labels. */
  private record Places(int[] places, int[] labels) {}

  private ResidentTraining(
      ResidentRows resident,
      Places train,
      Places validation,
      Steps steps,
      int scoredPerCall,
      TestRows test) {
    this.resident = resident;
    this.train = train;
    this.validation = validation;
    this.steps = steps;
    this.scoredPerCall = scoredPerCall;
    this.test = test;
  }

  /**
   * Trains the head on features; they are those of whole files, as they are kept.
   *
   * @param source computes the features; closed with this object, and here if something fails
   */
  static ResidentTraining onFeatures(
      ClassifierModel model, DataOptions.Rows rows, FileFeatures source, long maxBytes)
      throws IOException {
    try {
      FileRows train = rows.trainRows();
      FileRows validation = rows.validationRows();
      boolean isOneFile = train.file().equals(validation.file());
      List<FeatureRows> parts = new ArrayList<>(List.of(source.of(train.file())));
      int[] labels = train.file().images().labels();
      int offset = isOneFile ? 0 : labels.length;
      if (!isOneFile) {
        parts.add(source.of(validation.file()));
        labels = joined(labels, validation.file().images().labels());
      }
      FileRows tested = rows.testRows();
      FeatureRows test = source.of(tested.file());
      return new ResidentTraining(
          logged(ResidentRows.ofFeatures(model, parts, labels, maxBytes), labels.length),
          new Places(train.rows(), rows.train().labels()),
          new Places(shifted(validation.rows(), offset), rows.validation().labels()),
          ResidentRows::train,
          FeatureScores.MOST_ROWS,
          testOf(model, rows, test, source));
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static TestRows testOf(
      ClassifierModel model, DataOptions.Rows rows, FeatureRows features, FileFeatures source) {
    return new TestRows() {
      @Override
      public void score(InferenceRunner.ScoreSink sink) throws IOException {
        ImageChunk all = new ImageChunk(0, rows.test());
        int[] places = rows.testRows().rows();
        sink.accept(all, FeatureScores.of(model, features, places, rows.test().labels()));
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  /** Trains on images, the base in every step. */
  static ResidentTraining onImages(
      ClassifierModel model,
      DataOptions.Rows rows,
      InferenceRunner inference,
      Steps steps,
      long maxBytes) {
    int[] train = rows.train().labels();
    int[] validation = rows.validation().labels();
    int[] labels = joined(train, validation);
    List<ImageSet> parts = List.of(rows.train(), rows.validation());
    return new ResidentTraining(
        logged(ResidentRows.ofImages(model, parts, labels, maxBytes), labels.length),
        new Places(range(0, train.length), train),
        new Places(range(train.length, validation.length), validation),
        steps,
        inference.batchSize(),
        new TestRows() {
          @Override
          public void score(InferenceRunner.ScoreSink sink) throws IOException {
            inference.score(rows.test(), model, sink);
          }

          @Override
          public void close() {}
        });
  }

  private static ResidentRows logged(ResidentRows resident, int rows) {
    LOG.debug("Resident    {} of {} rows at a time", resident.room(), rows);
    return resident;
  }

  private static int[] range(int from, int count) {
    return IntStream.range(from, from + count).toArray();
  }

  private static int[] shifted(int[] rows, int offset) {
    return IntStream.of(rows).map(row -> row + offset).toArray();
  }

  private static int[] joined(int[] first, int[] second) {
    return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
  }

  /** Returns how many rows are in the device's memory at a time. */
  int room() {
    return resident.room();
  }

  @Override
  public StepResults train(HeadSteps headSteps, int epoch) {
    return steps.run(resident, headSteps.inRowsOf(train.places()));
  }

  @Override
  public Score scoreValidation() {
    return score(validation);
  }

  @Override
  public Score scoreTraining() {
    return score(train);
  }

  @Override
  public TemperatureScaling fitTemperature() {
    List<float[]> parts = new ArrayList<>();
    forEachPart(validation, (scores, labels) -> parts.add(scores.probabilities()));
    FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    int[] labels = validation.labels();
    return TemperatureScaling.fitProbabilities(all.array(), labels, all.capacity() / labels.length);
  }

  private Score score(Places rows) {
    Score.Counter counter = new Score.Counter();
    forEachPart(rows, counter::add);
    return counter.score();
  }

  private void forEachPart(Places rows, BiConsumer<BatchScores, int[]> sink) {
    RowRanges ranges = new RowRanges(rows.places().length, scoredPerCall);
    for (RowRanges.Range range = ranges.next(); range != null; range = ranges.next()) {
      int to = range.from() + range.count();
      sink.accept(
          resident.evaluate(Arrays.copyOfRange(rows.places(), range.from(), to)),
          Arrays.copyOfRange(rows.labels(), range.from(), to));
    }
  }

  @Override
  public void scoreTest(InferenceRunner.ScoreSink sink) throws IOException {
    test.score(sink);
  }

  @Override
  public void close() {
    resident.close();
    test.close();
  }
}
