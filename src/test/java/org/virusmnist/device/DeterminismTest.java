package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the environment must say, and what nothing can promise. */
class DeterminismTest {
  private static final String OPS = "TF_DETERMINISTIC_OPS";
  private static final String AUTOTUNE = "TF_CUDNN_USE_AUTOTUNE";

  @Test
  void namesEverythingThatIsMissing() {
    assertThat(Determinism.missingFrom(Map.of()))
        .containsExactly("TF_CUDNN_USE_AUTOTUNE=0", "TF_DETERMINISTIC_OPS=1");
    assertThat(Determinism.missingFrom(Map.of(OPS, "1"))).containsExactly(AUTOTUNE + "=0");
    assertThat(Determinism.missingFrom(Map.of(OPS, "0", AUTOTUNE, "1"))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "true,false", "TRUE,False"})
  void readsTheVariablesAsTensorFlowDoes(String ops, String autotune) {
    assertThat(Determinism.missingFrom(Map.of(OPS, ops, AUTOTUNE, autotune))).isEmpty();
  }

  @Test
  void refusesToTrainTheBaseOnAGpuAndNothingElse() {
    assertThat(String.valueOf(Determinism.against("GPU:0", true)))
        .startsWith("training the base on GPU:0 cannot be promised to repeat: the gradient of a")
        .endsWith("Use --device cpu, or leave out --fine-tune-epochs or --deterministic.");
    assertThat(Determinism.against("GPU:0", false)).isNull();
    assertThat(Determinism.against("CPU:0", true)).isNull();
  }

  @Test
  void cannotBePromisedOfUnlikeGpus() {
    Gpu h100 = new Gpu(0, "H100", "GPU-a", 81559, 80994, "9.0");
    Gpu other = new Gpu(1, "H100", "GPU-b", 81559, 100, "9.0");
    Gpu a100 = new Gpu(2, "A100", "GPU-c", 40960, 40000, "8.0");
    List<Gpu> gpus = List.of(h100, other, a100);

    assertThat(Determinism.amongGpus("GPU:0,1", gpus)).isNull();
    assertThat(Determinism.amongGpus("GPU:0,1", List.of())).isNull();
    assertThat(Determinism.amongGpus("GPU:1,2", gpus))
        .hasToString(
            "GPU:1,2 are of several kinds (H100, compute capability 9.0; A100, compute capability"
                + " 8.0), expected one: their results differ in the last bits."
                + " Use --device gpu:N.");
  }
}
