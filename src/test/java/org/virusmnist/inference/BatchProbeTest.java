package org.virusmnist.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The probe against a device whose memory is a number. */
class BatchProbeTest {
  private static final class OutOfMemory extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final List<Integer> tried = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"4096,4096", "4095,2048", "300,256", "3,2", "1,1"})
  void halvesUntilACallFits(int room, int expected) throws IOException {
    assertThat(probe(room).largest(4096)).isEqualTo(expected);
    assertThat(tried).startsWith(4096).endsWith(expected).doesNotHaveDuplicates();
  }

  @Test
  void givesUpWhereNotEvenOneImageFits() {
    assertThatThrownBy(() -> probe(0).largest(4)).isInstanceOf(OutOfMemory.class);
    assertThat(tried).containsExactly(4, 2, 1);
  }

  @Test
  void takesNoOtherFailureForALackOfMemory() {
    BatchProbe probe =
        new BatchProbe(
            size -> {
              throw new IllegalStateException("broken");
            },
            OutOfMemory.class::isInstance);

    assertThatThrownBy(() -> probe.largest(8)).hasMessage("broken");
  }

  private BatchProbe probe(int room) {
    return new BatchProbe(
        size -> {
          tried.add(size);
          if (size > room) {
            throw new OutOfMemory();
          }
        },
        OutOfMemory.class::isInstance);
  }
}
