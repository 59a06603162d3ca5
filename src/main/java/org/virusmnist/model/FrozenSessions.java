package org.virusmnist.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SignatureDef;

/**
 * One signature of a graph without variables, on every one of several devices.
 *
 * <p>Calls take the devices in turn, so that calls in flight use all of them at a time; each call
 * is computed by one device, as it would be if there were no other. Safe to use from several
 * threads.
 */
final class FrozenSessions implements AutoCloseable {
  private final List<FrozenSession> sessions = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * Takes a graph into a session for every device.
   *
   * @param frozen what {@link FrozenGraph} made
   * @param definition inputs and outputs in it
   * @param devices as TensorFlow names them; none leaves the choice to TensorFlow
   */
  FrozenSessions(
      GraphDef frozen, SignatureDef definition, ConfigProto config, List<String> devices) {
    try {
      if (devices.isEmpty()) {
        sessions.add(new FrozenSession(frozen, definition, config));
      }
      for (String device : devices) {
        sessions.add(new FrozenSession(PlacedGraph.on(frozen, device), definition, config));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Calls the signature on the device whose turn it is; the caller closes the result. */
  Result call(Map<String, Tensor> inputs) {
    int turn = Math.floorMod(calls.getAndIncrement(), sessions.size());
    return sessions.get(turn).call(inputs);
  }

  /** Calls the signature on every device and returns what the options ask of all the runs. */
  RunMetadata trace(Map<String, Tensor> inputs, RunOptions options) {
    RunMetadata.Builder all = RunMetadata.newBuilder();
    sessions.forEach(session -> all.mergeFrom(session.trace(inputs, options)));
    return all.build();
  }

  @Override
  public void close() {
    sessions.forEach(FrozenSession::close);
  }
}
