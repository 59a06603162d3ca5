package org.virusmnist.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * Reads and replaces the weights of an open model, those that {@code serving_default} computes
 * with: all of them, or those of the head alone.
 *
 * <p>No graph of the contract is needed for it: nodes that read and assign are added to the
 * session's graph. To be called while no other call changes weights.
 */
public final class WeightAccess {
  private static final String READS = "weight_reads";
  private static final String WRITES = "weight_writes";
  private static final String OF_HEAD = "_of_head";

  private final ModelSession session;
  private final boolean isOfHead;

  /**
   * Gives access to all weights of a model.
   *
   * @param model the model, which stays the caller's
   */
  public WeightAccess(ClassifierModel model) {
    this(model, false);
  }

  private WeightAccess(ClassifierModel model, boolean isOfHead) {
    this.session = model.session();
    this.isOfHead = isOfHead;
  }

  /**
   * Gives access to the weights of a model's head: those that change while the base is frozen, a
   * hundredth of all.
   *
   * @param model the model, which stays the caller's
   */
  public static WeightAccess ofHead(ClassifierModel model) {
    return new WeightAccess(model, true);
  }

  /** Copies the present weights. */
  public Weights read() {
    String prefix = prefix(READS);
    GraphDef reads = session.add(prefix, () -> VariableReads.of(variables()));
    Map<String, float[]> values = new HashMap<>();
    Session.Runner runner = session.runner();
    List<String> names = VariableReads.variables(reads);
    names.forEach(name -> runner.fetch(prefix + VariableReads.valueOf(name)));
    try (Result result = runner.run()) {
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), Tensors.floats(result.get(i)));
      }
    }
    return new Weights(values);
  }

  /**
   * Replaces the present weights; the optimizer's state is left as it is.
   *
   * @param weights what {@link #read} returned for a model of the same graph; those that are not
   *     among them stay as they are
   */
  public void assign(Weights weights) {
    String prefix = prefix(WRITES);
    GraphDef writes = session.add(prefix, () -> VariableWrites.of(variables()));
    Session.Runner runner = session.runner();
    try (TensorBatch inputs = new TensorBatch()) {
      weights
          .values()
          .forEach(
              (name, values) -> {
                TFloat32 tensor =
                    TFloat32.tensorOf(
                        VariableWrites.shape(writes, name), DataBuffers.of(values, true, false));
                inputs.own(name, tensor);
                runner.feed(prefix + VariableWrites.inputOf(name), tensor);
                runner.addTarget(prefix + VariableWrites.assignmentOf(name));
              });
      runner.run().close();
    }
  }

  private String prefix(String name) {
    return name + (isOfHead ? OF_HEAD : "") + "/";
  }

  /** Returns a graph that has the variables, perhaps among other nodes. */
  private GraphDef variables() {
    GraphDef served = session.load(ModelSignatures.SERVING_DEFAULT);
    if (!isOfHead) {
      return served;
    }
    GraphDef trained = session.load(ModelSignatures.TRAIN_HEAD);
    return GraphDef.newBuilder()
        .setVersions(served.getVersions())
        .addAllNode(VariableFiles.variables(List.of(trained), served).values())
        .build();
  }
}
