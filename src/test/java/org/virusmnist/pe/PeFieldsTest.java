package org.virusmnist.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets are those of Microsoft's "PE Format", counted by hand. */
class PeFieldsTest {
  @ParameterizedTest
  @CsvSource({
    "0x00, DOS e_magic [0]",
    "0x27, DOS e_oeminfo [1]",
    "0x3c, DOS e_lfanew [0]",
    "0x3f, DOS e_lfanew [3]",
    "0x40, DOS stub [0]",
    "0x80, Rich header DanS [0]",
    "0x8f, Rich header DanS [15]",
    "0x90, Rich header entry 1 tool [0]",
    "0x94, Rich header entry 1 count [0]",
    "0x98, Rich header Rich [0]",
    "0x9f, Rich header key [3]",
    "0xa0, DOS stub [96]",
    "0xc0, COFF Signature [0]",
    "0xc4, COFF Machine [0]",
    "0xc8, COFF TimeDateStamp [0]",
    "0xd6, COFF Characteristics [0]",
    "0xd8, Optional header Magic [0]",
    "0xda, Optional header MajorLinkerVersion",
    "0xe8, Optional header AddressOfEntryPoint [0]",
    "0xf0, Optional header ImageBase [0]",
    "0x114, Optional header SizeOfHeaders [0]",
    "0x11c, Optional header Subsystem [0]",
    "0x144, Optional header NumberOfRvaAndSizes [0]",
    "0x148, Data directory Export Table VirtualAddress [0]",
    "0x150, Data directory Import Table VirtualAddress [0]",
    "0x1bc, Data directory CLR Runtime Header Size [0]",
    "0x1c8, Section .text Name [0]",
    "0x1dc, Section .text PointerToRawData [0]",
    "0x1f0, Section .data Name [0]",
    "0x217, Section .data Characteristics [3]",
  })
  void namesEveryByteOfA64BitHeader(String offset, String name) {
    assertThat(PeFields.of(start()).nameAt(Integer.decode(offset))).contains(name);
  }

  @Test
  void hasNoNameBehindTheSectionTable() {
    assertThat(PeFields.of(start()).nameAt(0x218)).isEmpty();
    assertThat(PeFields.of(start()).nameAt(1023)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0xf0, Optional header BaseOfData [0]",
    "0xf4, Optional header ImageBase [0]",
    "0x134, Optional header NumberOfRvaAndSizes [0]",
    "0x138, Data directory Export Table VirtualAddress [0]",
  })
  void namesA32BitHeader(String offset, String name) {
    byte[] bytes = PeBytes.with(PeBytes.OPTIONAL, 0x10B);

    assertThat(PeFields.of(bytes).nameAt(Integer.decode(offset))).contains(name);
  }

  @Test
  void namesNothingInWhatIsNoExecutable() {
    byte[] bytes = start();
    bytes[1] = 'X';

    assertThat(PeFields.of(bytes).fields()).isEmpty();
    assertThat(PeFields.of(new byte[63]).fields()).isEmpty();
    bytes[0] = 0;
    assertThat(PeFields.of(bytes).fields()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1023, 0x400, 0x90, 62})
  void namesTheDosHeaderAloneWhereThereIsNoPeHeader(int offset) {
    PeFields fields = PeFields.of(Arrays.copyOf(PeBytes.with(60, offset), 1024));

    assertThat(fields.nameAt(60)).contains("DOS e_lfanew [0]");
    assertThat(fields.fields()).noneMatch(field -> field.name().startsWith("COFF"));
  }

  @Test
  void leavesOutWhatIsCutOff() {
    PeFields fields = PeFields.of(Arrays.copyOf(PeBytes.minimal(), PeBytes.SECTIONS + 40 + 39));

    assertThat(fields.nameAt(PeBytes.SECTIONS)).contains("Section .text Name [0]");
    assertThat(fields.nameAt(PeBytes.SECTIONS + 40)).isEmpty();
    assertThat(PeFields.of(Arrays.copyOf(PeBytes.minimal(), PeBytes.OPTIONAL)).nameAt(PeBytes.PE))
        .contains("COFF Signature [0]");
  }

  @Test
  void leavesTheOptionalHeaderOutWhenItIsNone() {
    PeFields fields = PeFields.of(PeBytes.with(PeBytes.OPTIONAL, 0x107));

    assertThat(fields.nameAt(PeBytes.OPTIONAL)).isEmpty();
    assertThat(fields.nameAt(PeBytes.SECTIONS)).contains("Section .text Name [0]");
  }

  @Test
  void knowsNoDirectoriesBeyondTheOptionalHeader() {
    byte[] bytes = PeBytes.minimal();
    bytes[PeBytes.PE + 20] = 112 + 8;

    assertThat(PeFields.of(bytes).nameAt(0x148))
        .contains("Data directory Export Table VirtualAddress [0]");
    assertThat(PeFields.of(bytes).fields())
        .noneMatch(field -> field.name().contains("Import Table"));
  }

  @Test
  void printsSectionNamesAsAscii() {
    byte[] bytes = PeBytes.minimal();
    bytes[PeBytes.SECTIONS + 1] = (byte) 0x9B;
    bytes[PeBytes.SECTIONS + 2] = 0x7F;

    assertThat(PeFields.of(bytes).nameAt(PeBytes.SECTIONS)).contains("Section ...xt Name [0]");
  }

  @Test
  void ignoresARichHeaderWithoutBeginning() {
    byte[] bytes = PeBytes.with(0x80, 0);

    assertThat(PeFields.of(bytes).nameAt(0x98)).contains("DOS stub [88]");
  }

  @Test
  void saysWhereAFieldIs() {
    assertThat(PeFields.of(start()).fieldAt(61)).contains(new PeField(60, 4, "DOS e_lfanew"));
    assertThatThrownBy(() -> new PeField(-1, 2, "a"))
        .hasMessage("a has 2 bytes at -1, expected 1 or more from 0");
    assertThatThrownBy(() -> new PeField(0, 0, "a"))
        .hasMessage("a has 0 bytes at 0, expected 1 or more from 0");
    assertThatThrownBy(() -> FieldTable.COFF.offset("x")).hasMessage("no field x");
  }

  private static byte[] start() {
    return Arrays.copyOf(PeBytes.minimal(), 1024);
  }
}
