package org.virusmnist.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedRowsTest {
  @TempDir private Path directory;

  /** Seven rows of three bytes, in one mapping or in several. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void readsRowsHoweverManyAreInAMapping(int rowsPerPiece) throws IOException {
    MappedRows rows = MappedRows.open(write(21), 3, rowsPerPiece);

    assertThat(rows.size()).isEqualTo(7);
    for (int row = 0; row < 7; row++) {
      byte[] bytes = new byte[3];
      rows.row(row).get(bytes);
      assertThat(bytes).containsExactly(3 * row, 3 * row + 1, 3 * row + 2);
      assertThat(rows.row(row).remaining()).isEqualTo(3);
    }
  }

  @Test
  void canBeReadAfterTheFileIsDeleted() throws IOException {
    Path file = write(6);
    MappedRows rows = MappedRows.open(file, 3);
    Files.delete(file);
    assertThat(rows.row(1)).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4, 5}));
  }

  @Test
  void refusesHalfARow() throws IOException {
    Path file = write(7);
    assertThatThrownBy(() -> MappedRows.open(file, 3))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": has 7 bytes, expected a multiple of 3");
  }

  @Test
  void refusesARowThatIsNotThere() throws IOException {
    MappedRows rows = MappedRows.open(write(6), 3);
    assertThatThrownBy(() -> rows.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.row(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private Path write(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) i;
    }
    return Files.write(directory.resolve("rows"), content);
  }
}
