package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Rows against a device whose memory is a number; it may run out while they are loaded. */
class RowRoomTest {
  private final List<String> calls = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"100,100", "99,50", "30,25", "1,1"})
  void halvesUntilThereIsRoom(int memory, int expected) {
    assertThat(RowRoom.take(100, of(memory))).isEqualTo(expected);
    assertThat(calls).startsWith("take 100").endsWith("take " + expected);
  }

  @Test
  void freesWhatWasTakenBeforeItTriesAgain() {
    RowRoom.take(100, of(30));

    assertThat(calls).containsExactly("take 100", "free", "take 50", "free", "take 25");
  }

  @Test
  void failsWhereNotEvenARowFitsOrTheDeviceIsBroken() {
    assertThatThrownBy(() -> RowRoom.take(3, of(0))).isInstanceOf(ModelCallException.class);
    assertThat(calls).containsExactly("take 3", "free", "take 1");

    RowRoom.Memory broken =
        new RowRoom.Memory() {
          @Override
          public void take(int rows) {
            throw failure(new IllegalStateException("broken"));
          }

          @Override
          public void free() {
            calls.add("freed");
          }
        };
    assertThatThrownBy(() -> RowRoom.take(8, broken)).hasMessageContaining("broken");
    assertThat(calls).doesNotContain("freed");
  }

  private RowRoom.Memory of(int memory) {
    return new RowRoom.Memory() {
      @Override
      public void take(int rows) {
        calls.add("take " + rows);
        if (rows > memory) {
          throw failure(new TFResourceExhaustedException("OOM when allocating tensor"));
        }
      }

      @Override
      public void free() {
        calls.add("free");
      }
    };
  }

  private static ModelCallException failure(RuntimeException cause) {
    return new ModelCallException(Path.of("model"), "load_features", cause);
  }
}
