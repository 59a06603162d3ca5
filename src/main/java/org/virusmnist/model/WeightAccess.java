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
 * with.
 *
 * <p>No graph of the contract is needed for it: nodes that read and assign are added to the
 * session's graph. To be called while no other call changes weights.
 */
public final class WeightAccess {
  private static final String READS = "weight_reads/";
  private static final String WRITES = "weight_writes/";

  private final ModelSession session;

  /**
   * Gives access to a model's weights.
   *
   * @param model the model, which stays the caller's
   */
  public WeightAccess(ClassifierModel model) {
    this.session = model.session();
  }

  /** Copies the present weights. */
  public Weights read() {
    GraphDef reads = session.add(READS, () -> VariableReads.of(served()));
    Map<String, float[]> values = new HashMap<>();
    Session.Runner runner = session.runner();
    List<String> names = VariableReads.variables(reads);
    names.forEach(name -> runner.fetch(READS + VariableReads.valueOf(name)));
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
   * @param weights what {@link #read} returned for a model of the same graph
   */
  public void assign(Weights weights) {
    GraphDef writes = session.add(WRITES, () -> VariableWrites.of(served()));
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
                runner.feed(WRITES + VariableWrites.inputOf(name), tensor);
                runner.addTarget(WRITES + VariableWrites.assignmentOf(name));
              });
      runner.run().close();
    }
  }

  private GraphDef served() {
    return session.load(ModelSignatures.SERVING_DEFAULT);
  }
}
