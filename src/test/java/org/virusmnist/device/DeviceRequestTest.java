package org.virusmnist.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.device.DeviceRequest.Kind;

class DeviceRequestTest {

  @ParameterizedTest
  @CsvSource({
    "auto,AUTO,0",
    "cpu,CPU,0",
    "gpu,GPU,0",
    "GPU:1,GPU,1",
    "Auto,AUTO,0",
    "gpu:12,GPU,12"
  })
  void readsWhatTheOptionSays(String text, Kind kind, int gpu) {
    assertThat(DeviceRequest.parse(text)).isEqualTo(new DeviceRequest(kind, gpu));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tpu", "gpu:", "gpu:-1", "gpu:x", "cpu:0", "gpu:1234", "gpu,cpu", "gpu:1,"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> DeviceRequest.parse(text))
        .hasMessage(
            "is '"
                + text
                + "', expected auto, cpu, gpu, gpu:N with the number of a GPU from 0, gpu:0,1 or"
                + " gpu:all");
  }

  @Test
  void isWrittenAsItIsRead() {
    assertThat(DeviceRequest.parse("gpu:2")).hasToString("gpu:2");
    assertThat(DeviceRequest.parse("gpu:0")).hasToString("gpu");
    assertThat(DeviceRequest.parse("gpu:2,0,2")).hasToString("gpu:2,0");
    assertThat(DeviceRequest.parse("GPU:ALL")).hasToString("gpu:all");
    assertThat(DeviceRequest.AUTO).hasToString("auto");
  }

  @Test
  void meansSeveralGpusOrAll() {
    assertThat(DeviceRequest.parse("gpu:1,0").gpus()).containsExactly(1, 0);
    assertThat(DeviceRequest.parse("gpu:1,0").gpu()).isEqualTo(1);
    assertThat(DeviceRequest.parse("gpu:all").gpus()).isEmpty();
    assertThat(DeviceRequest.parse("gpu:all").gpu()).isZero();
  }
}
