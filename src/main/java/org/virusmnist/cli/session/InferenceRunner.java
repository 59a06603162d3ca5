package org.virusmnist.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.cli.console.StopSignals;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.ImageChunk;
import org.virusmnist.inference.ImageChunks;
import org.virusmnist.inference.OrderedPipeline;
import org.virusmnist.inference.OrderedPipeline.Sink;
import org.virusmnist.inference.OrderedPipeline.Source;
import org.virusmnist.inference.OrderedPipeline.Work;
import org.virusmnist.inference.RowRanges;
import org.virusmnist.metrics.BatchScores;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Precision;

/** Runs a model over many images with the options of the command line, and shows progress. */
public final class InferenceRunner {
  private final ModelOptions options;
  private final ProgressBar bar;
  private final StopSignals stop;

  /** Takes batch size and calls in flight from the options. */
  public InferenceRunner(ModelOptions options, CommonOptions common) {
    this.options = options;
    this.bar = common.progressBar();
    this.stop = common.stopSignals();
  }

  /** Takes what a model says of a chunk, in row order. */
  @FunctionalInterface
  public interface ScoreSink {
    void accept(ImageChunk chunk, BatchScores scores) throws IOException;
  }

  /** Takes a chunk's probabilities, in row order. */
  @FunctionalInterface
  public interface ProbabilitySink {
    void accept(ImageChunk chunk, float[] probabilities) throws IOException;
  }

  /** Scores consecutive images of a set, as {@link ClassifierModel#evaluate} does. */
  @FunctionalInterface
  public interface Scorer {
    BatchScores score(ImageSet images, int from, int count);
  }

  /** Predicts consecutive images of a set, as {@link ClassifierModel#predict} does. */
  @FunctionalInterface
  public interface Predictor {
    float[] predict(ImageSet images, int from, int count);
  }

  private record Scored<T>(ImageChunk chunk, T scores) {}

  /** Does some work on every range of rows, several at a time. */
  void forEachRange(int rows, Consumer<RowRanges.Range> work) throws IOException {
    forEachRange(
        rows,
        range -> {
          work.accept(range);
          return range;
        },
        range -> {});
  }

  /** Does some work on every range of rows, several at a time, and takes the results in order. */
  <R> void forEachRange(int rows, Function<RowRanges.Range, R> work, Sink<R> sink)
      throws IOException {
    bar.start();
    run(
        new RowRanges(rows, batchSize()),
        range -> new Ranged<>(range, work.apply(range)),
        done -> {
          sink.accept(done.result());
          bar.show("Features", done.range().from() + done.range().count(), rows, "");
        });
    bar.clear();
  }

  private record Ranged<R>(RowRanges.Range range, R result) {}

  /**
   * Shows how far a file is read, which is a few batches ahead of what is done.
   *
   * @param fileBytes bytes of the file that were read so far
   */
  public Source<ImageChunk> shown(Path file, Source<ImageChunk> chunks, LongSupplier fileBytes)
      throws IOException {
    long size = Files.isRegularFile(file) ? Files.size(file) : 0;
    bar.start();
    return () -> {
      ImageChunk chunk = chunks.next();
      if (chunk == null) {
        bar.clear();
      } else if (size > 0) {
        bar.show(file.getFileName().toString(), fileBytes.getAsLong(), size, "");
      }
      return chunk;
    };
  }

  /** Runs a pipeline that ends between two chunks when a signal asks for it. */
  public <B, R> void run(Source<B> source, Work<B, R> work, Sink<R> sink) throws IOException {
    boolean wasAttended = stop.attend(true);
    try {
      new OrderedPipeline(options.callsInFlight())
          .run(
              source,
              work,
              result -> {
                stop.throwIfRequested();
                sink.accept(result);
              });
    } finally {
      stop.attend(wasAttended);
    }
  }

  /** Scores labelled images. */
  public void score(ImageSet images, ClassifierModel model, ScoreSink sink) throws IOException {
    score(ImageChunks.of(images, batchSize()), model::evaluate, sink);
  }

  /** Scores labelled chunks. */
  public void score(Source<ImageChunk> chunks, Scorer scorer, ScoreSink sink) throws IOException {
    run(
        chunks,
        chunk -> new Scored<>(chunk, scorer.score(chunk.images(), 0, chunk.images().size())),
        scored -> sink.accept(scored.chunk(), scored.scores()));
  }

  /** Predicts chunks that need no labels. */
  public void predict(Source<ImageChunk> chunks, Predictor predictor, ProbabilitySink sink)
      throws IOException {
    run(
        chunks,
        chunk -> new Scored<>(chunk, predictor.predict(chunk.images(), 0, chunk.images().size())),
        scored -> sink.accept(scored.chunk(), scored.scores()));
  }

  Precision precision() {
    return options.precision();
  }

  /** Returns the images of one call. */
  public int batchSize() {
    return options.batchSize();
  }
}
