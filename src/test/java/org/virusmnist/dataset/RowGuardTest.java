package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** However long a line is, a bounded part of it is read. */
final class RowGuardTest {
  @Test
  void stopsWithinABufferOfTheBound() throws IOException {
    EndlessReader endless = new EndlessReader();
    try (RowGuard guard = new RowGuard(endless)) {
      assertThatThrownBy(() -> drain(guard)).isInstanceOf(RowGuard.RowTooLongException.class);
      assertThat(endless.read).isLessThanOrEqualTo(RowGuard.MAX_ROW_CHARACTERS + 8192);
      assertThat(guard.ended()).isFalse();
    }
    assertThat(endless.closed).isTrue();
  }

  @Test
  void countsEachRowAnew() throws IOException {
    EndlessReader endless = new EndlessReader();
    try (RowGuard guard = new RowGuard(endless)) {
      char[] buffer = new char[8192];
      for (int row = 0; row < 1000; row++) {
        guard.startRow();
        assertThat(guard.read(buffer, 0, 8192)).isEqualTo(8192);
      }
    }
  }

  @Test
  void knowsTheEndOfTheText() throws IOException {
    try (RowGuard guard = new RowGuard(new StringReader("x"))) {
      assertThat(guard.read()).isEqualTo('x');
      assertThat(guard.ended()).isFalse();
      assertThat(guard.read()).isEqualTo(-1);
      assertThat(guard.ended()).isTrue();
    }
  }

  private static void drain(Reader reader) throws IOException {
    char[] buffer = new char[8192];
    int read;
    do {
      read = reader.read(buffer, 0, buffer.length);
    } while (read >= 0);
  }

  /** A line without end. */
  private static final class EndlessReader extends Reader {
    private long read;
    private boolean closed;

    @Override
    public int read(char[] target, int offset, int length) {
      Arrays.fill(target, offset, offset + length, '7');
      read += length;
      return length;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
