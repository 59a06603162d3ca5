package org.virusmnist.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged executable is refused with what is wrong, whatever its bytes are. */
class PeHeadersTest {
  private static final int ENTRY = PeBytes.OPTIONAL + 16;
  private static final int ALIGNMENT = PeBytes.OPTIONAL + 36;
  private static final int TEXT = PeBytes.SECTIONS;
  private static final int DATA = PeBytes.SECTIONS + 40;

  @Test
  void findsEntryPointAndSections() throws IOException {
    PeHeaders headers = read(PeBytes.minimal());

    assertThat(headers.entryPoint()).isEqualTo(0x1010);
    assertThat(headers.sections())
        .containsExactly(
            new PeSection(".text", 0x1000, 0x200, 0x400, 0x200),
            new PeSection(".data", 0x2000, 0x200, 0x600, 0x200));
    assertThat(headers.entrySection()).contains(headers.sections().get(0));
  }

  @ParameterizedTest
  @CsvSource({"0x1000, .text", "0x11ff, .text", "0x2000, .data", "0x21ff, .data"})
  void findsTheSectionOfTheEntryPoint(String address, String name) throws IOException {
    assertThat(read(PeBytes.with(ENTRY, Integer.decode(address))).entrySection())
        .map(PeSection::name)
        .contains(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0xFFF, 0x1200, 0x2200, -1})
  void hasNoEntrySectionWhereTheAddressIsInNone(int address) throws IOException {
    assertThat(read(PeBytes.with(ENTRY, address)).entrySection()).isEmpty();
  }

  @Test
  void takesTheLaterOfTwoSectionsThatOverlapInMemory() throws IOException {
    byte[] bytes = PeBytes.with(TEXT + 8, 0x5000);
    bytes[ENTRY + 1] = 0x20;

    assertThat(read(bytes).entryPoint()).isEqualTo(0x2010);
    assertThat(read(bytes).entrySection()).map(PeSection::name).contains(".data");
  }

  @Test
  void roundsPointersDownAsWindowsDoesInAlignedFiles() throws IOException {
    byte[] bytes = PeBytes.with(TEXT + 20, 0x410);
    PeHeaders loose = read(bytes);
    bytes[ALIGNMENT + 1] = 2;
    PeHeaders aligned = read(bytes);

    assertThat(loose.dataOffset(loose.sections().get(0))).isEqualTo(0x410);
    assertThat(aligned.dataOffset(aligned.sections().get(0))).isEqualTo(0x400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|does not start with MZ",
        "1|does not start with MZ",
        "2|is cut off within its DOS header",
        "63|is cut off within its DOS header",
        "64|has no PE header: e_lfanew is 192, the file ends at 64",
        "195|has no PE header: e_lfanew is 192, the file ends at 195",
        "196|is cut off within its PE header",
        "215|is cut off within its PE header",
        "216|is cut off within its optional header",
        "455|is cut off within its optional header",
        "456|is cut off within its section table",
        "535|is cut off within its section table",
        "536|is cut off: section '.text' ends at 1536, the file at 536",
        "2047|is cut off: section '.data' ends at 2048, the file at 2047",
      })
  void saysWhereAFileIsCutOff(int length, String reason) {
    assertRefused(Arrays.copyOf(PeBytes.minimal(), length), reason);
  }

  @Test
  void saysWhatIsWrongWithAHeader() {
    assertRefused(
        PeBytes.with(PeBytes.PE, 0x454E),
        "is an MZ program without PE header at 192, for DOS or 16-bit Windows");
    assertRefused(
        PeBytes.with(PeBytes.OPTIONAL, 0x107), "has an optional header of the unknown kind 0x107");
    assertRefused(PeBytes.with(PeBytes.PE + 20, 28), "has an optional header of 28 bytes");
    assertRefused(
        PeBytes.with(60, -1), "has no PE header: e_lfanew is 4294967295, the file ends at 2048");
    assertRefused(PeBytes.with(PeBytes.PE + 6, 0xFFFF), "is cut off within its section table");
    assertRefused(
        PeBytes.with(DATA + 20, 0xFFFFFF00),
        "is cut off: section '.data' ends at 4294967552, the file at 2048");
  }

  @Test
  void takesASectionWithoutBytesAsItIs() throws IOException {
    byte[] bytes = PeBytes.with(DATA + 20, -1);
    Arrays.fill(bytes, DATA + 16, DATA + 20, (byte) 0);

    assertThat(read(bytes).sections()).hasSize(2);
  }

  @Test
  void readsOrRefusesAnyBytes() {
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = PeBytes.minimal();
      for (int change = random.nextInt(8); change >= 0; change--) {
        bytes[random.nextInt(PeBytes.SECTIONS + 80)] = (byte) random.nextInt();
      }
      try {
        read(bytes).entrySection();
        read++;
      } catch (PeFormatException e) {
        assertThat(e).message().isNotBlank();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(read).isBetween(1_000, 19_000);
  }

  private static PeHeaders read(byte[] bytes) throws IOException {
    return PeHeaders.read(ByteSource.of(bytes));
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatExceptionOfType(PeFormatException.class)
        .isThrownBy(() -> read(bytes))
        .withMessage(reason);
  }
}
