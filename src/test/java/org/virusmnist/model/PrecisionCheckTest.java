package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RewriterConfig;
import org.virusmnist.model.SessionSettings.Device;

/** What each device can do, and what it says of the rest; no native code is loaded. */
class PrecisionCheckTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CPU:0|false|BFLOAT16|this CPU has neither amx_bf16 nor avx512_bf16, expected float32",
        "CPU:0|false|FLOAT16|CPU:0 does not compute in it, expected float32",
        "CPU:0|true|FLOAT16|CPU:0 does not compute in it, expected float32 or bfloat16",
        "GPU:0|true|BFLOAT16|TensorFlow does not rewrite a graph into it on GPU:0"
            + " (export_savedmodel.py --compute-dtype bfloat16 exports one that computes in it),"
            + " expected float32 or float16",
      })
  void refusesWhatADeviceCannotDo(
      String device, boolean hasBfloat16, Precision wanted, String message) {
    assertThatThrownBy(() -> new PrecisionCheck(device, hasBfloat16).requirePossible(wanted))
        .isInstanceOf(PrecisionUnavailableException.class)
        .hasMessage("--precision is " + wanted + ", and " + message);
  }

  @Test
  void takesWhatADeviceCanDo() {
    assertThatCode(() -> new PrecisionCheck("CPU:0", true).requirePossible(Precision.BFLOAT16))
        .doesNotThrowAnyException();
    assertThatCode(() -> new PrecisionCheck("GPU:1", false).requirePossible(Precision.FLOAT16))
        .doesNotThrowAnyException();
    assertThatCode(() -> new PrecisionCheck("CPU:0", false).requirePossible(Precision.FLOAT32))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "fpu avx512f amx_bf16 sse,true",
    "fpu avx512_bf16,true",
    "fpu avx512f avx512_fp16 not_avx512_bf16,false",
  })
  void readsTheFlagsOfTheCpu(String flags, boolean expected) throws IOException {
    Path file = directory.resolve("cpuinfo");
    Files.writeString(
        file, "processor\t: 0\nmodel name\t: avx512_bf16\nflags\t\t: " + flags + "\n");

    assertThat(CpuFeatures.haveBfloat16(file)).isEqualTo(expected);
  }

  @Test
  void takesAnUnknownCpuForOneThatHasNone() {
    assertThat(CpuFeatures.haveBfloat16(directory.resolve("absent"))).isFalse();
  }

  @Test
  void looksForConvolutionsInThePrecision() {
    List<GraphDef> mixed = List.of(graph("MatMul", DataType.DT_HALF), graph("Conv2D", null));
    List<GraphDef> rewritten = List.of(graph("_FusedConv2D", DataType.DT_HALF));

    assertThat(PrecisionCheck.isRewritten(mixed, Precision.FLOAT16)).isFalse();
    assertThat(PrecisionCheck.isRewritten(rewritten, Precision.FLOAT16)).isTrue();
    assertThat(PrecisionCheck.isRewritten(rewritten, Precision.BFLOAT16)).isFalse();
  }

  private static GraphDef graph(String op, @Nullable DataType type) {
    NodeDef.Builder node = NodeDef.newBuilder().setName("node").setOp(op);
    if (type != null) {
      node.putAttr("T", AttrValue.newBuilder().setType(type).build());
    }
    return GraphDef.newBuilder().addNode(node).build();
  }

  @Test
  void rewritesTheBaseAloneAndOnlyWhenAsked() {
    SessionSettings bfloat16 = SessionSettings.on(Device.CPU).in(Precision.BFLOAT16);
    SessionSettings float16 = SessionSettings.on(Device.AUTO).in(Precision.FLOAT16);

    assertThat(rewriter(bfloat16).getAutoMixedPrecisionOnednnBfloat16())
        .isEqualTo(RewriterConfig.Toggle.ON);
    assertThat(rewriter(bfloat16).getDisableMetaOptimizer()).isFalse();
    assertThat(rewriter(float16).getAutoMixedPrecision()).isEqualTo(RewriterConfig.Toggle.ON);
    assertThat(rewriter(float16).getDisableMetaOptimizer()).isFalse();
    // Steps run in a session that knows of no precision, so no gradient needs its loss scaled.
    assertThat(bfloat16.toConfigProto()).isEqualTo(SessionSettings.on(Device.CPU).toConfigProto());
    assertThat(float16.toConfigProto()).isEqualTo(SessionSettings.on(Device.AUTO).toConfigProto());
  }

  private static RewriterConfig rewriter(SessionSettings settings) {
    return settings.toFrozenConfigProto().getGraphOptions().getRewriteOptions();
  }
}
