package org.virusmnist.model;

import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * One signature of a graph without variables in a session of its own.
 *
 * <p>Safe to use from several threads.
 */
final class FrozenSession implements AutoCloseable {
  private final SignatureDef definition;
  private final Graph graph = new Graph();
  private final Session session;
  private final SessionFunction function;

  /**
   * Takes a graph into a session; TensorFlow prepares it with the first call.
   *
   * @param frozen what {@link FrozenGraph} made
   * @param definition inputs and outputs in it
   */
  FrozenSession(GraphDef frozen, SignatureDef definition, ConfigProto config) {
    this.definition = definition;
    this.session = new Session(graph, config);
    try {
      graph.importGraphDef(frozen);
      this.function = session.function(signature());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Signature signature() {
    Signature.Builder signature = Signature.builder();
    definition
        .getInputsMap()
        .forEach((key, tensor) -> signature.input(key, graph.outputOrThrow(tensor.getName())));
    definition
        .getOutputsMap()
        .forEach((key, tensor) -> signature.output(key, graph.outputOrThrow(tensor.getName())));
    return signature.build();
  }

  /** Calls the signature; the caller closes the result. */
  Result call(Map<String, Tensor> inputs) {
    return function.call(inputs);
  }

  /** Calls the signature as {@link #call} does and returns what the options ask of the run. */
  RunMetadata trace(Map<String, Tensor> inputs, RunOptions options) {
    Session.Runner runner = session.runner().setOptions(options);
    inputs.forEach(
        (name, tensor) -> runner.feed(definition.getInputsOrThrow(name).getName(), tensor));
    for (TensorInfo output : definition.getOutputsMap().values()) {
      runner.fetch(output.getName());
    }
    try (Result result = runner.runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow();
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
