package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverTest {

  @Test
  void isAbsentOnABareMachine() {
    Driver driver = Driver.find(new FakeMachine());

    assertThat(driver.isPresent()).isFalse();
    assertThat(driver.version()).isNull();
    assertThat(driver.isTooOld()).isFalse();
  }

  @Test
  void tellsItsVersionThroughTheKernel() {
    Driver driver = Driver.find(FakeMachine.withDriver("535.104.05"));

    assertThat(driver.library()).isEqualTo(Path.of(FakeMachine.LIBRARIES + "libcuda.so.1"));
    assertThat(driver.version()).hasToString("535.104.05");
    assertThat(driver.versionFrom()).isEqualTo("/proc/driver/nvidia/version");
  }

  @Test
  void readsTheVersionOfTheOpenKernelModule() {
    FakeMachine machine =
        FakeMachine.withDriver("560.35.03")
            .file(
                "/proc/driver/nvidia/version",
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  560.35.03  Release Build\n");

    assertThat(Driver.find(machine).version()).hasToString("560.35.03");
  }

  @Test
  void tellsItsVersionThroughItsFileWhereTheKernelIsHidden() {
    FakeMachine machine =
        new FakeMachine()
            .variable("LD_LIBRARY_PATH", "/nowhere:/driver")
            .link("/driver/libcuda.so.1", "/driver/libcuda.so.550.54.15");

    Driver driver = Driver.find(machine);

    assertThat(driver.library()).isEqualTo(Path.of("/driver/libcuda.so.1"));
    assertThat(driver.version()).hasToString("550.54.15");
    assertThat(machine.smiCalls()).isZero();
  }

  @Test
  void asksNvidiaSmiLast() {
    FakeMachine machine =
        new FakeMachine()
            .file("/usr/lib/wsl/lib/libcuda.so.1", "")
            .smi(0, FakeMachine.SMI_LINE.formatted(0, 0, "546.33"));

    Driver driver = Driver.find(machine);

    assertThat(driver.version()).hasToString("546.33");
    assertThat(driver.versionFrom()).isEqualTo("nvidia-smi");
  }

  @Test
  void mayHaveAVersionThatNobodyTells() {
    Driver driver = Driver.find(new FakeMachine().file("/usr/lib64/libcuda.so.1", ""));

    assertThat(driver.isPresent()).isTrue();
    assertThat(driver.version()).isNull();
    assertThat(driver.isTooOld()).isFalse();
  }

  @Test
  void isFoundThroughTheLinkersCache() {
    FakeMachine machine =
        new FakeMachine()
            .file("/etc/ld.so.cache", "glibc-ld.so.cache1.1\1\2\0libcuda.so.1\0/odd/libcuda.so.1\0")
            .file("/odd/libcuda.so.1", "");

    assertThat(Driver.find(machine).library()).isEqualTo(Path.of("/odd/libcuda.so.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "525.60.12,true",
    "525.60.13,false",
    "470.256.02,true",
    "525.147.05,false",
    "535.54.03,false",
    "525.60,true",
    "1000.1,false"
  })
  void isTooOldBeforeTheFirstOneForCuda12(String version, boolean isTooOld) {
    assertThat(Driver.find(FakeMachine.withDriver(version)).isTooOld()).isEqualTo(isTooOld);
  }
}
