package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NvidiaSmiTest {

  @Test
  void listsGpusInTheirOrder() {
    NvidiaSmi smi =
        NvidiaSmi.parse(
            """
            0, NVIDIA H100 80GB HBM3, GPU-aa, 81559, 80994, 9.0, 550.54.15
            1, NVIDIA A100-SXM4-40GB, GPU-bb, 40960, 123, 8.0, 550.54.15
            """);

    assertThat(smi.driver()).hasToString("550.54.15");
    assertThat(smi.gpus())
        .containsExactly(
            new Gpu(0, "NVIDIA H100 80GB HBM3", "GPU-aa", 81559, 80994, "9.0"),
            new Gpu(1, "NVIDIA A100-SXM4-40GB", "GPU-bb", 40960, 123, "8.0"));
    assertThat(smi.gpus().get(0))
        .hasToString("NVIDIA H100 80GB HBM3, 81,559 MiB, compute capability 9.0");
    assertThat(smi.problem()).isNull();
  }

  @Test
  void takesMemoryThatIsNotSupportedForUnknown() {
    NvidiaSmi smi = NvidiaSmi.parse("0, NVIDIA GB10, GPU-cc, [N/A], [N/A], 12.1, 580.95.05\n");

    assertThat(smi.gpus().get(0).memoryMib()).isZero();
    assertThat(smi.gpus().get(0).capability()).isEqualTo(12.1);
  }

  @Test
  void saysThatItIsAbsent() {
    NvidiaSmi smi = NvidiaSmi.ask(new FakeMachine());

    assertThat(smi.problem()).isEqualTo("is not there or does not answer");
    assertThat(smi.gpus()).isEmpty();
  }

  @Test
  void quotesItsComplaintOnOneLine() {
    NvidiaSmi smi =
        NvidiaSmi.ask(
            new FakeMachine()
                .smi(
                    18,
                    """
                    Failed to initialize NVML: Driver/library version mismatch
                    NVML library version: 550.90
                    """));

    assertThat(smi.problem())
        .isEqualTo(
            "says 'Failed to initialize NVML: Driver/library version mismatch"
                + " NVML library version: 550.90'");
  }

  @Test
  void quotesALineItCannotRead() {
    assertThat(NvidiaSmi.parse("No devices were found\n").problem())
        .isEqualTo("says 'No devices were found'");
    assertThat(NvidiaSmi.parse("").problem()).isEqualTo("lists no GPU");
  }

  @Test
  void looksPastLinesThatAreNoGpu() {
    NvidiaSmi smi =
        NvidiaSmi.parse(
            FakeMachine.SMI_LINE.formatted(0, 0, "550.54.15")
                + "WARNING: infoROM is corrupted at gpu 0000:17:00.0\n");

    assertThat(smi.gpus()).hasSize(1);
    assertThat(smi.problem()).isNull();
  }

  @Test
  void leavesTheShareThatTheEnvironmentNames() {
    assertThat(visible(NvidiaSmi.parse(three()).gpus(), "MIG-5c89852c,MIG-1"))
        .containsExactly(new Gpu(-1, "MIG instance", "MIG-5c89852c", 0, 0, "unknown"));
  }

  @Test
  void leavesThoseThatTheEnvironmentNames() {
    List<Gpu> all = NvidiaSmi.parse(three()).gpus();

    assertThat(VisibleGpus.of(all, Map.of())).isEqualTo(all);
    assertThat(visible(all, "2,0")).extracting(Gpu::index).containsExactly(2, 0);
    assertThat(visible(all, " 1 , GPU-28")).extracting(Gpu::index).containsExactly(1, 2);
    assertThat(visible(all, "1,-1,2")).extracting(Gpu::index).containsExactly(1);
    assertThat(visible(all, "7,1")).isEmpty();
  }

  private static List<Gpu> visible(List<Gpu> all, String variable) {
    return VisibleGpus.of(all, Map.of("CUDA_VISIBLE_DEVICES", variable));
  }

  private static String three() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      text.append(FakeMachine.SMI_LINE.formatted(i, i, "550.54.15"));
    }
    return text.toString();
  }
}
