package org.virusmnist.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.virusmnist.model.ListedDevice;

class DeviceTrialCommandTest {
  private static final ListedDevice CPU = new ListedDevice("CPU:0", "CPU", 1);
  private static final ListedDevice GPU_0 = new ListedDevice("GPU:0", "GPU", 1);
  private static final ListedDevice GPU_1 = new ListedDevice("GPU:1", "GPU", 1);

  @Test
  void everyGpuThatIsListedComputes() {
    assertThat(DeviceTrialCommand.toTry(List.of(CPU, GPU_0, GPU_1), false))
        .containsExactly("GPU:0", "GPU:1");
  }

  @Test
  void theCpuComputesWhereItIsChosen() {
    assertThat(DeviceTrialCommand.toTry(List.of(CPU), true)).containsExactly("CPU:0");
    assertThat(DeviceTrialCommand.toTry(List.of(CPU, GPU_0), true)).containsExactly("CPU:0");
  }

  @Test
  void aGpuThatIsNotListedIsAskedAllTheSameAndFails() {
    assertThat(DeviceTrialCommand.toTry(List.of(CPU), false)).containsExactly("GPU:0");
  }
}
