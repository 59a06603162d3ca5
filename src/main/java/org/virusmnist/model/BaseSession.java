package org.virusmnist.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.Tensor;

/**
 * Computes features: in the model's own session, or in one of their own for another precision.
 *
 * <p>TensorFlow rewrites whatever graph a session is given, gradients and losses as readily as the
 * base. A session that is given the base alone keeps the rest float32. It has a copy of the base's
 * weights, brought up to date before a call when they have changed. Safe to use from several
 * threads, as long as nothing changes weights meanwhile.
 */
final class BaseSession implements AutoCloseable {
  private final ModelSession main;
  private final @Nullable ModelSession rewritten;
  private volatile long copied = -1;

  private BaseSession(ModelSession main, @Nullable ModelSession rewritten) {
    this.main = main;
    this.rewritten = rewritten;
  }

  /**
   * Opens what the settings' precision needs.
   *
   * @param main the model's session, which the caller closes after this one
   * @param deviceName where the model runs
   * @throws PrecisionUnavailableException if the device cannot compute in it
   */
  static BaseSession open(
      SavedModelFile file, ModelSession main, SessionSettings settings, String deviceName)
      throws PrecisionUnavailableException {
    Precision precision = settings.precision();
    if (precision == Precision.FLOAT32) {
      return new BaseSession(main, null);
    }
    PrecisionCheck check = new PrecisionCheck(deviceName, CpuFeatures.haveBfloat16());
    check.requirePossible(precision);
    ModelSession rewritten = new ModelSession(file, settings.toRewritingConfigProto());
    BaseSession base = new BaseSession(main, rewritten);
    try {
      base.update();
      check.requireRewritten(rewritten, precision);
      return base;
    } catch (PrecisionUnavailableException | RuntimeException e) {
      base.close();
      throw e;
    }
  }

  boolean isRewritten() {
    return rewritten != null;
  }

  /** Calls the features' signature; the caller closes the result. */
  Result features(Map<String, Tensor> inputs) {
    if (rewritten == null) {
      return main.call(ModelSignatures.FEATURES_OF_IMAGES, inputs);
    }
    if (copied != main.changes()) {
      update();
    }
    return rewritten.call(ModelSignatures.FEATURES_OF_IMAGES, inputs);
  }

  private synchronized void update() {
    long changes = main.changes();
    if (rewritten != null && copied != changes) {
      main.copyVariables(ModelSignatures.FEATURES_OF_IMAGES, rewritten);
      copied = changes;
    }
  }

  /** Closes the session of its own, if there is one. */
  @Override
  public void close() {
    if (rewritten != null) {
      rewritten.close();
    }
  }
}
