package org.virusmnist.pe;

import java.util.ArrayList;
import java.util.List;

/**
 * The structures of the PE format as names and sizes in bytes, in the order of the file.
 *
 * <p>From Microsoft's "PE Format" specification; the DOS header is {@code IMAGE_DOS_HEADER} of
 * winnt.h.
 */
final class FieldTable {
  static final FieldTable DOS =
      new FieldTable(
          "e_magic 2, e_cblp 2, e_cp 2, e_crlc 2, e_cparhdr 2, e_minalloc 2, e_maxalloc 2, e_ss 2,"
              + " e_sp 2, e_csum 2, e_ip 2, e_cs 2, e_lfarlc 2, e_ovno 2, e_res 8, e_oemid 2,"
              + " e_oeminfo 2, e_res2 20, e_lfanew 4");

  static final FieldTable COFF =
      new FieldTable(
          "Signature 4, Machine 2, NumberOfSections 2, TimeDateStamp 4, PointerToSymbolTable 4,"
              + " NumberOfSymbols 4, SizeOfOptionalHeader 2, Characteristics 2");

  private static final String OPTIONAL_START =
      "Magic 2, MajorLinkerVersion 1, MinorLinkerVersion 1, SizeOfCode 4, SizeOfInitializedData 4,"
          + " SizeOfUninitializedData 4, AddressOfEntryPoint 4, BaseOfCode 4, ";
  private static final String OPTIONAL_MIDDLE =
      "SectionAlignment 4, FileAlignment 4, MajorOperatingSystemVersion 2,"
          + " MinorOperatingSystemVersion 2, MajorImageVersion 2, MinorImageVersion 2,"
          + " MajorSubsystemVersion 2, MinorSubsystemVersion 2, Win32VersionValue 4, SizeOfImage 4,"
          + " SizeOfHeaders 4, CheckSum 4, Subsystem 2, DllCharacteristics 2, ";

  /** The optional header of a 32-bit image, up to its data directories. */
  static final FieldTable OPTIONAL_32 =
      new FieldTable(
          OPTIONAL_START
              + "BaseOfData 4, ImageBase 4, "
              + OPTIONAL_MIDDLE
              + "SizeOfStackReserve 4, SizeOfStackCommit 4, SizeOfHeapReserve 4,"
              + " SizeOfHeapCommit 4, LoaderFlags 4, NumberOfRvaAndSizes 4");

  /** The optional header of a 64-bit image, up to its data directories. */
  static final FieldTable OPTIONAL_64 =
      new FieldTable(
          OPTIONAL_START
              + "ImageBase 8, "
              + OPTIONAL_MIDDLE
              + "SizeOfStackReserve 8, SizeOfStackCommit 8, SizeOfHeapReserve 8,"
              + " SizeOfHeapCommit 8, LoaderFlags 4, NumberOfRvaAndSizes 4");

  static final FieldTable DIRECTORY = new FieldTable("VirtualAddress 4, Size 4");

  static final FieldTable SECTION =
      new FieldTable(
          "Name 8, VirtualSize 4, VirtualAddress 4, SizeOfRawData 4, PointerToRawData 4,"
              + " PointerToRelocations 4, PointerToLinenumbers 4, NumberOfRelocations 2,"
              + " NumberOfLinenumbers 2, Characteristics 4");

  static final List<String> DIRECTORIES =
      List.of(
          "Export Table",
          "Import Table",
          "Resource Table",
          "Exception Table",
          "Certificate Table",
          "Base Relocation Table",
          "Debug",
          "Architecture",
          "Global Ptr",
          "TLS Table",
          "Load Config Table",
          "Bound Import",
          "IAT",
          "Delay Import Descriptor",
          "CLR Runtime Header",
          "Reserved");

  private final List<PeField> fields = new ArrayList<>();
  private final int size;

  private FieldTable(String namesAndSizes) {
    int offset = 0;
    for (String nameAndSize : namesAndSizes.split(", ", -1)) {
      int space = nameAndSize.indexOf(' ');
      int length = Integer.parseInt(nameAndSize.substring(space + 1));
      fields.add(new PeField(offset, length, nameAndSize.substring(0, space)));
      offset += length;
    }
    size = offset;
  }

  /** Bytes of the structure. */
  int size() {
    return size;
  }

  /** Fields of the structure, offsets from its start. */
  List<PeField> fields() {
    return List.copyOf(fields);
  }

  /** Offset of a field from the start of the structure. */
  int offset(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no field " + name))
        .offset();
  }
}
