package org.virusmnist.report.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What TensorBoard's hparams plugin wants to know of a run.
 *
 * <p>Its messages come with TensorBoard, not with TensorFlow, so their few fields are written here
 * by number (tensorboard/plugins/hparams/plugin_data.proto, version 0). A session's start begins
 * with a map of values, on the wire the same as {@code google.protobuf.Struct}.
 */
final class HyperParameters {
  private static final String PLUGIN = "hparams";
  private static final int SESSION_START_INFO = 3;
  private static final int SESSION_END_INFO = 4;
  private static final int START_TIME_SECS = 5;
  private static final int STATUS = 1;
  private static final int END_TIME_SECS = 2;
  private static final int SUCCESS = 1;

  private HyperParameters() {}

  /** Returns the values of a run that started at a time in seconds since 1970. */
  static Summary.Value start(Map<String, ?> values, double startSeconds) {
    Struct.Builder parameters = Struct.newBuilder();
    values.forEach((name, value) -> parameters.putFields(name, value(value)));
    byte[] start =
        bytes(
            out -> {
              parameters.build().writeTo(out);
              out.writeDouble(START_TIME_SECS, startSeconds);
            });
    return pluginData("_hparams_/session_start_info", SESSION_START_INFO, start);
  }

  /** Returns that a run has ended well. */
  static Summary.Value end(double endSeconds) {
    byte[] end =
        bytes(
            out -> {
              out.writeEnum(STATUS, SUCCESS);
              out.writeDouble(END_TIME_SECS, endSeconds);
            });
    return pluginData("_hparams_/session_end_info", SESSION_END_INFO, end);
  }

  private static Value value(Object value) {
    if (value instanceof Boolean bool) {
      return Value.newBuilder().setBoolValue(bool).build();
    }
    if (value instanceof Number number) {
      return Value.newBuilder().setNumberValue(decimal(number)).build();
    }
    return Value.newBuilder().setStringValue(String.valueOf(value)).build();
  }

  /** A float as it is written: 0.001, not 0.0010000000474974513. */
  private static double decimal(Number number) {
    return number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
  }

  private static Summary.Value pluginData(String tag, int field, byte[] message) {
    byte[] content = bytes(out -> out.writeByteArray(field, message));
    SummaryMetadata.PluginData plugin =
        SummaryMetadata.PluginData.newBuilder()
            .setPluginName(PLUGIN)
            .setContent(ByteString.copyFrom(content))
            .build();
    return Summary.Value.newBuilder()
        .setTag(tag)
        .setMetadata(SummaryMetadata.newBuilder().setPluginData(plugin))
        .setTensor(zero())
        .build();
  }

  /** The plugin looks at the metadata only, but a summary needs a value. */
  private static TensorProto zero() {
    return TensorProto.newBuilder()
        .setDtype(org.tensorflow.proto.DataType.DT_FLOAT)
        .setTensorShape(
            TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
        .addFloatVal(0)
        .build();
  }

  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] bytes(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
