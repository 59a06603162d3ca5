package org.virusmnist.pe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The headers of a whole executable: where its entry point and its sections are. Immutable.
 *
 * <p>Offsets and sizes are those of Microsoft's "PE Format". A file counts as whole when it has all
 * headers and all bytes of every section; that is what Windows asks for before it loads one.
 */
public final class PeHeaders {
  private static final int PE_SIGNATURE = 0x4550;
  private static final int MAGIC_32 = 0x10B;
  private static final int MAGIC_64 = 0x20B;

  /** Alignment of raw data below which Windows takes a section's pointer as it is. */
  private static final int SECTOR = 0x200;

  private final long entryPoint;
  private final long fileAlignment;
  private final List<PeSection> sections;

  private PeHeaders(long entryPoint, long fileAlignment, List<PeSection> sections) {
    this.entryPoint = entryPoint;
    this.fileAlignment = fileAlignment;
    this.sections = List.copyOf(sections);
  }

  /**
   * Reads and checks the headers; the sections' bytes are not read.
   *
   * @param file the file, of any length
   * @return its headers
   * @throws PeFormatException if the file is no executable, or not whole
   * @throws IOException if it cannot be read
   */
  public static PeHeaders read(ByteSource file) throws IOException {
    long coff = coffOffset(file);
    byte[] header = file.read(coff, FieldTable.COFF.size());
    require(header.length == FieldTable.COFF.size(), "is cut off within its PE header");
    int optionalSize = LittleEndian.u16(header, FieldTable.COFF.offset("SizeOfOptionalHeader"));
    long optional = coff + FieldTable.COFF.size();
    byte[] fields = file.read(optional, optionalSize);
    require(fields.length == optionalSize, "is cut off within its optional header");
    checkOptional(fields);
    int count = LittleEndian.u16(header, FieldTable.COFF.offset("NumberOfSections"));
    return new PeHeaders(
        field(fields, "AddressOfEntryPoint"),
        field(fields, "FileAlignment"),
        sections(file, optional + optionalSize, count));
  }

  private static long coffOffset(ByteSource file) throws IOException {
    byte[] dos = file.read(0, FieldTable.DOS.size());
    require(dos.length >= 2 && dos[0] == 'M' && dos[1] == 'Z', PeFormatException.NO_PROGRAM);
    require(dos.length == FieldTable.DOS.size(), "is cut off within its DOS header");
    long offset = LittleEndian.u32(dos, FieldTable.DOS.offset("e_lfanew"));
    byte[] signature = file.read(offset, Integer.BYTES);
    require(
        signature.length == Integer.BYTES,
        "has no PE header: e_lfanew is %d, the file ends at %d".formatted(offset, file.size()));
    require(
        LittleEndian.i32(signature, 0) == PE_SIGNATURE,
        "is an MZ program without PE header at %d, for DOS or 16-bit Windows".formatted(offset));
    return offset;
  }

  private static void checkOptional(byte[] fields) throws PeFormatException {
    require(
        fields.length >= FieldTable.OPTIONAL_32.offset("SizeOfImage"),
        "has an optional header of %d bytes".formatted(fields.length));
    int magic = LittleEndian.u16(fields, 0);
    require(
        magic == MAGIC_32 || magic == MAGIC_64,
        "has an optional header of the unknown kind 0x%x".formatted(magic));
  }

  /** Both kinds of header have these fields at the same place. */
  private static long field(byte[] optional, String name) {
    return LittleEndian.u32(optional, FieldTable.OPTIONAL_32.offset(name));
  }

  private static List<PeSection> sections(ByteSource file, long table, int count)
      throws IOException {
    byte[] entries = file.read(table, count * FieldTable.SECTION.size());
    require(
        entries.length == count * FieldTable.SECTION.size(), "is cut off within its section table");
    List<PeSection> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PeSection section = PeSection.read(entries, i * FieldTable.SECTION.size());
      long end = section.rawSize() == 0 ? 0 : section.rawOffset() + section.rawSize();
      require(
          end <= file.size(),
          "is cut off: section '%s' ends at %d, the file at %d"
              .formatted(section.name(), end, file.size()));
      sections.add(section);
    }
    return sections;
  }

  private static void require(boolean holds, String reason) throws PeFormatException {
    if (!holds) {
      throw new PeFormatException(reason);
    }
  }

  /**
   * Returns where the program starts.
   *
   * @return address in memory relative to the image, 0 if there is no entry point
   */
  public long entryPoint() {
    return entryPoint;
  }

  /**
   * Returns the sections.
   *
   * @return in the order of the section table
   */
  public List<PeSection> sections() {
    return sections;
  }

  /**
   * Returns the section that holds the entry point.
   *
   * @return of all sections that contain its address the one that starts last; empty if there is no
   *     entry point or it lies in no section
   */
  public Optional<PeSection> entrySection() {
    return entryPoint == 0
        ? Optional.empty()
        : sections.stream()
            .filter(section -> section.contains(entryPoint))
            .max(Comparator.comparingLong(PeSection::virtualAddress));
  }

  /**
   * Returns where Windows takes a section's bytes from.
   *
   * @param section one of {@link #sections}
   * @return offset in the file: the section's pointer, rounded down to 512 in files that are
   *     aligned to that or more
   */
  public long dataOffset(PeSection section) {
    return fileAlignment < SECTOR ? section.rawOffset() : section.rawOffset() / SECTOR * SECTOR;
  }
}
