package org.virusmnist.model;

import java.util.List;
import java.util.Locale;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.RewriterConfig;

/**
 * The arithmetic of the base outside training.
 *
 * <p>Head, losses, gradients and fine-tuning stay float32 whatever is chosen: rounding a gradient
 * to eight bits changes what is learnt, and saves nothing where a step is so small.
 */
public enum Precision {
  /** IEEE 754 binary32; what the model was exported in. */
  FLOAT32(DataType.DT_FLOAT),
  /** Eight significant bits with the exponents of float32; on CPUs that have such arithmetic. */
  BFLOAT16(DataType.DT_BFLOAT16),
  /** IEEE 754 binary16; on GPUs. */
  FLOAT16(DataType.DT_HALF);

  private final DataType dataType;

  Precision(DataType dataType) {
    this.dataType = dataType;
  }

  /**
   * Returns what a device of this machine can do.
   *
   * @param deviceName as {@link ClassifierModel#deviceName} has it
   * @return float32 first
   */
  public static List<Precision> possibleOn(String deviceName) {
    return new PrecisionCheck(deviceName, CpuFeatures.haveBfloat16()).possible();
  }

  /** Returns TensorFlow's name of the type. */
  DataType dataType() {
    return dataType;
  }

  /** Has TensorFlow rewrite a session's graphs into this precision. */
  void rewrite(ConfigProto.Builder config) {
    RewriterConfig.Builder rewriter = config.getGraphOptionsBuilder().getRewriteOptionsBuilder();
    switch (this) {
      case FLOAT32 -> {}
      case BFLOAT16 -> rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
      case FLOAT16 -> rewriter.setAutoMixedPrecision(RewriterConfig.Toggle.ON);
    }
  }

  /** Returns the name as Keras has it, for instance {@code bfloat16}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
