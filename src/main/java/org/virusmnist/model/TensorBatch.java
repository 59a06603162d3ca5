package org.virusmnist.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Tensor;

/**
 * The named inputs of one call.
 *
 * <p>Owns the tensors it was given with {@link #own} and closes them; those lent to it with {@link
 * #lend} stay open.
 */
final class TensorBatch implements AutoCloseable {
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> owned = new LinkedHashMap<>();

  TensorBatch own(String name, Tensor tensor) {
    owned.put(name, tensor);
    return lend(name, tensor);
  }

  TensorBatch lend(String name, Tensor tensor) {
    inputs.put(name, tensor);
    return this;
  }

  Map<String, Tensor> inputs() {
    return inputs;
  }

  @Override
  public void close() {
    owned.values().forEach(Tensor::close);
    owned.clear();
    inputs.clear();
  }
}
