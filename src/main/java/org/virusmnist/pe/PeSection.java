package org.virusmnist.pe;

/**
 * A section of an executable.
 *
 * @param name its name, what is not printable ASCII replaced by dots
 * @param virtualAddress where it is in memory, relative to the image
 * @param virtualSize bytes in memory
 * @param rawOffset where it is in the file
 * @param rawSize bytes in the file
 */
public record PeSection(
    String name, long virtualAddress, long virtualSize, long rawOffset, long rawSize) {
  private static final int NAME_BYTES = 8;

  /** Reads an entry of the section table. */
  static PeSection read(byte[] bytes, int entry) {
    return new PeSection(
        name(bytes, entry),
        field(bytes, entry, "VirtualAddress"),
        field(bytes, entry, "VirtualSize"),
        field(bytes, entry, "PointerToRawData"),
        field(bytes, entry, "SizeOfRawData"));
  }

  private static long field(byte[] bytes, int entry, String name) {
    return LittleEndian.u32(bytes, entry + FieldTable.SECTION.offset(name));
  }

  static String name(byte[] bytes, int entry) {
    StringBuilder name = new StringBuilder();
    for (int i = entry; i < entry + NAME_BYTES && bytes[i] != 0; i++) {
      name.append(bytes[i] > ' ' && bytes[i] < 0x7F ? (char) bytes[i] : '.');
    }
    return name.toString();
  }

  /** Whether an address in memory lies in this section, as far as it is in the file. */
  boolean contains(long address) {
    return address >= virtualAddress && address - virtualAddress < Math.max(virtualSize, rawSize);
  }
}
