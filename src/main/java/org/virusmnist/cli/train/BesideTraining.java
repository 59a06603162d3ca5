package org.virusmnist.cli.train;

import java.io.IOException;
import java.util.BitSet;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.Background;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.inspect.Audit;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Explainer;

/**
 * What a run needs at its end and trained weights have no part in, done while it trains.
 *
 * <p>While steps of the head run, which keep more than one core busy only in part, test rows are
 * compared with training rows and TensorFlow prepares the graph of explanations. Closing gives up
 * what has not come to its end.
 */
final class BesideTraining implements AutoCloseable {
  private final ClassifierModel model;
  private final DataOptions.Rows rows;
  private final Wanted wanted;
  private final ProgressBar bar;
  private @Nullable Background<Audit> audit;
  private @Nullable Background<?> explaining;
  private volatile boolean isAwaited;
  private volatile boolean isClosed;

  /**
   * Describes the work, which {@link #start} begins.
   *
   * @param model an open model, which must outlive this object
   * @param rows training and test rows
   * @param wanted what of it there is to do
   * @param bar shows how far the audit is, once {@link #audit} waits for it
   */
  BesideTraining(ClassifierModel model, DataOptions.Rows rows, Wanted wanted, ProgressBar bar) {
    this.model = model;
    this.rows = rows;
    this.wanted = wanted;
    this.bar = bar;
  }

  /** Whether rows will be explained, and whether test rows are looked for in training rows. */
  record Wanted(boolean explanations, boolean audit) {}

  void start() {
    if (wanted.audit()) {
      audit = Background.start("audit", this::auditRows);
    }
    explaining = Background.run("explaining", this::prepareExplaining);
  }

  private Audit auditRows() {
    return Audit.of(rows.known(), rows.test(), rows.classNames().size(), null, this::show);
  }

  private void show(long done, long total) {
    if (isClosed) {
      throw new CancellationException("the run ended before its audit");
    }
    if (isAwaited) {
      bar.show("Audit", done, total, "");
    }
  }

  private void prepareExplaining() {
    if (wanted.explanations() && rows.test().size() > 0) {
      new Explainer(model).explain(rows.test(), 0, new int[1], 1);
    }
  }

  /** Waits for the audit, and adds to it which test rows were predicted right. */
  Audit audit(BitSet correct) throws IOException {
    bar.start();
    isAwaited = true;
    Audit found = started(audit).get();
    bar.clear();
    return found.with(correct);
  }

  /** Waits until rows can be explained without delay. */
  void awaitExplaining() throws IOException {
    started(explaining).get();
  }

  private static <T> Background<T> started(@Nullable Background<T> work) {
    return Objects.requireNonNull(work, "start() comes first");
  }

  @Override
  public void close() {
    isClosed = true;
    if (audit != null) {
      audit.close();
    }
    if (explaining != null) {
      explaining.close();
    }
  }
}
