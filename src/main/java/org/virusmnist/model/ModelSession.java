package org.virusmnist.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TString;
import org.virusmnist.storage.Sha256;

/**
 * A SavedModel's weights in a TensorFlow session, and its signatures as they are called.
 *
 * <p>TensorFlow's own loader takes the whole graph in at once. Here a signature's part of the graph
 * enters the session with its first call, so that a command pays for what it uses; variables are
 * the same ones in every part. What is loaded is the graph that was checked, not the file read a
 * second time. Safe to use from several threads.
 */
final class ModelSession implements AutoCloseable {
  private static final String VARIABLES = "variables/variables";
  private static final String RESTORE = "restore/";
  private static final String SAVE = "save/";
  private static final String LEARNING_RATES = "learning_rates";

  private final MetaGraphDef metaGraph;
  private final Graph graph = new Graph();
  private final Session session;
  private final Map<String, GraphDef> parts = new HashMap<>();
  private final Map<String, SessionFunction> functions = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /** Opens a session whose variables have no value yet. */
  ModelSession(SavedModelFile file, ConfigProto config) {
    this.metaGraph = file.metaGraph();
    this.session = new Session(graph, config);
  }

  /**
   * Opens a session and reads the weights into it.
   *
   * @return the session, to be closed by the caller
   * @throws org.tensorflow.exceptions.TensorFlowException if the device or the weights fail
   */
  static ModelSession open(SavedModelFile file, ConfigProto config) {
    ModelSession opened = new ModelSession(file, config);
    try {
      opened.runRestore(file.directory().resolve(VARIABLES));
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void runRestore(Path prefix) {
    savedPart();
    changes.incrementAndGet();
    SaverDef saver = metaGraph.getSaverDef();
    try (TString file = TString.scalarOf(prefix.toString())) {
      session
          .runner()
          .feed(RESTORE + saver.getFilenameTensorName(), file)
          .addTarget(RESTORE + saver.getRestoreOpName())
          .run()
          .close();
    }
  }

  /** Takes the part of the graph in that has every variable of a saved model, and returns it. */
  GraphDef savedPart() {
    SaverDef saver = metaGraph.getSaverDef();
    return add(RESTORE, List.of(saver.getFilenameTensorName(), saver.getRestoreOpName()));
  }

  /** Returns the names of the signatures that were called and can change variables step by step. */
  Set<String> trainedBy() {
    Set<String> called = new TreeSet<>(functions.keySet());
    called.removeIf(name -> !definition(name).containsInputs(LEARNING_RATES));
    return called;
  }

  /**
   * Writes the weights as files whose names begin with a path.
   *
   * @throws IOException if TensorFlow cannot write them
   */
  void save(Path prefix) throws IOException {
    try {
      runSave(prefix);
    } catch (RuntimeException e) {
      throw new IOException(
          prefix + ": TensorFlow cannot write the weights: " + SavedModelStore.firstLine(e), e);
    }
  }

  private void runSave(Path prefix) {
    SaverDef saver = metaGraph.getSaverDef();
    add(SAVE, List.of(saver.getFilenameTensorName(), saver.getSaveTensorName()));
    try (TString file = TString.scalarOf(prefix.toString())) {
      session
          .runner()
          .feed(SAVE + saver.getFilenameTensorName(), file)
          .fetch(SAVE + saver.getSaveTensorName())
          .run()
          .close();
    }
  }

  /** Calls a signature; the caller closes the result. */
  Result call(String signature, Map<String, Tensor> inputs) {
    if (ModelSignatures.changesWeights(signature)) {
      changes.incrementAndGet();
    }
    return functions.computeIfAbsent(signature, this::function).call(inputs);
  }

  /** Returns a number that grows whenever weights may have changed. */
  long changes() {
    return changes.get();
  }

  /** Calls a signature as {@link #call} does and returns what the options ask to be told of it. */
  RunMetadata trace(String signature, Map<String, Tensor> inputs, RunOptions options) {
    load(signature);
    SignatureDef definition = definition(signature);
    Session.Runner runner = session.runner().setOptions(options);
    inputs.forEach(
        (name, tensor) ->
            runner.feed(signature + "/" + definition.getInputsOrThrow(name).getName(), tensor));
    for (TensorInfo output : definition.getOutputsMap().values()) {
      runner.fetch(signature + "/" + output.getName());
    }
    try (Result result = runner.runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow();
    }
  }

  private SessionFunction function(String name) {
    load(name);
    SignatureDef definition = definition(name);
    Signature.Builder signature = Signature.builder(name);
    definition.getInputsMap().forEach((key, tensor) -> signature.input(key, output(name, tensor)));
    definition
        .getOutputsMap()
        .forEach((key, tensor) -> signature.output(key, output(name, tensor)));
    return session.function(signature.build());
  }

  private Output<?> output(String signature, TensorInfo tensor) {
    return graph.outputOrThrow(signature + "/" + tensor.getName());
  }

  /** Takes a signature's part of the graph into the session. */
  GraphDef load(String signature) {
    SignatureDef definition = definition(signature);
    List<String> tensors = new ArrayList<>();
    definition.getInputsMap().values().forEach(tensor -> tensors.add(tensor.getName()));
    definition.getOutputsMap().values().forEach(tensor -> tensors.add(tensor.getName()));
    return add(signature + "/", tensors);
  }

  /** Returns the inputs and outputs of a signature, as the SavedModel names them. */
  SignatureDef definition(String signature) {
    return metaGraph.getSignatureDefOrThrow(signature);
  }

  private GraphDef add(String prefix, List<String> tensors) {
    return add(prefix, () -> GraphSlice.of(metaGraph.getGraphDef(), tensors));
  }

  /** Takes a graph into the session, all names behind a prefix, unless it is there already. */
  synchronized GraphDef add(String prefix, Supplier<GraphDef> part) {
    GraphDef present = parts.get(prefix);
    if (present != null) {
      return present;
    }
    GraphDef added = part.get();
    graph.importGraphDef(added, prefix.substring(0, prefix.length() - 1));
    parts.put(prefix, added);
    return added;
  }

  /**
   * Identifies what a signature computes: its part of the graph and the present values of the
   * variables in it.
   *
   * @return 64 hexadecimal digits
   */
  String fingerprint(String signature) {
    StringBuilder text = new StringBuilder(Sha256.of(GraphSlice.bytes(load(signature))));
    values(signature)
        .forEach(
            (variable, value) -> {
              String content = Sha256.of(value.getTensorContent().toByteArray());
              text.append('\n').append(variable).append(' ').append(content);
            });
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Copies the present values of the variables that a signature reads, in the order of names. */
  SortedMap<String, TensorProto> values(String signature) {
    String prefix = "values_of_" + signature + "/";
    GraphDef reads = add(prefix, () -> VariableReads.of(load(signature)));
    List<String> variables = VariableReads.variables(reads);
    Session.Runner runner = session.runner();
    variables.forEach(variable -> runner.fetch(prefix + VariableReads.valueOf(variable)));
    SortedMap<String, TensorProto> values = new TreeMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < variables.size(); i++) {
        values.put(variables.get(i), Tensors.proto(result.get(i)));
      }
    }
    return values;
  }

  /** Returns a run of whatever nodes it is then told of, which counts as a change of weights. */
  Session.Runner runner() {
    changes.incrementAndGet();
    return session.runner();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
