package org.virusmnist.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.TensorProto;

/**
 * Computes features in a session of their own, in which the weights of the base are constants.
 *
 * <p>Constants are what lets TensorFlow prepare the weights once, and a session that is given the
 * base alone what lets it rewrite the base into another precision and nothing else: it would
 * rewrite gradients and losses as readily. The constants are brought up to date before a call when
 * weights of the base have changed. Safe to use from several threads, as long as nothing changes
 * weights meanwhile.
 */
final class BaseSession implements AutoCloseable {
  private static final String FEATURES = ModelSignatures.FEATURES_OF_IMAGES;

  private final ModelSession main;
  private final ConfigProto config;
  private final List<String> devices;
  private @Nullable FrozenSessions frozen;
  private @Nullable SortedMap<String, TensorProto> weights;
  private long seen = -1;
  private String deviceName = "";

  private BaseSession(ModelSession main, SessionSettings settings) {
    this.main = main;
    this.config = settings.toFrozenConfigProto();
    this.devices = settings.devices();
  }

  /**
   * Finds out where the base runs, and whether it does in the settings' precision.
   *
   * @param main the model's session, which the caller closes after this one
   * @throws DeviceUnavailableException if a GPU was asked for and the work does not run on one
   * @throws PrecisionUnavailableException if the device cannot compute in the precision
   */
  static BaseSession open(ModelSession main, SessionSettings settings)
      throws DeviceUnavailableException, PrecisionUnavailableException {
    BaseSession base = new BaseSession(main, settings);
    try {
      base.probe(settings);
      return base;
    } catch (DeviceUnavailableException | PrecisionUnavailableException | RuntimeException e) {
      base.close();
      throw e;
    }
  }

  private void probe(SessionSettings settings)
      throws DeviceUnavailableException, PrecisionUnavailableException {
    Precision precision = settings.precision();
    if (precision == Precision.FLOAT32) {
      deviceName = DeviceProbe.deviceOf(this::trace, settings);
      return;
    }
    // Nothing may run in a precision before it is known that the device can.
    deviceName =
        DeviceProbe.deviceOf(
            (inputs, options) -> main.trace(FEATURES, inputs, options), settings.onFirstGpu());
    PrecisionCheck check = new PrecisionCheck(deviceName, CpuFeatures.haveBfloat16());
    check.requirePossible(precision);
    check.requireRewritten(this::trace, precision);
    if (!devices.isEmpty()) {
      deviceName = DeviceProbe.deviceOf(this::trace, settings);
    }
  }

  /** Returns the device that ran a trial call, for example {@code CPU:0} or {@code GPU:0}. */
  String deviceName() {
    return deviceName;
  }

  /** Calls the features' signature and returns what the options ask of the run. */
  RunMetadata trace(Map<String, Tensor> inputs, RunOptions options) {
    FrozenSessions session = upToDate();
    return session == null ? main.trace(FEATURES, inputs, options) : session.trace(inputs, options);
  }

  /** Calls the features' signature; the caller closes the result. */
  Result features(Map<String, Tensor> inputs) {
    FrozenSessions session = upToDate();
    return session == null ? main.call(FEATURES, inputs) : session.call(inputs);
  }

  /** Returns a session with the present weights, or null if they cannot be constants. */
  private synchronized @Nullable FrozenSessions upToDate() {
    long changes = main.changes();
    if (changes == seen) {
      return frozen;
    }
    GraphDef graph = main.load(FEATURES);
    if (FrozenGraph.canFreeze(graph)) {
      SortedMap<String, TensorProto> present = main.values(FEATURES);
      if (!present.equals(weights)) {
        close();
        frozen =
            new FrozenSessions(
                FrozenGraph.of(graph, present), main.definition(FEATURES), config, devices);
        weights = present;
      }
    }
    seen = changes;
    return frozen;
  }

  /** Closes the session, if there is one. */
  @Override
  public synchronized void close() {
    if (frozen != null) {
      frozen.close();
      frozen = null;
      weights = null;
    }
  }
}
