package org.virusmnist.pe;

import static org.virusmnist.pe.LittleEndian.isThere;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each byte at the start of an executable is: a name for every offset that has one.
 *
 * <p>Works on as much of the file as there is, the first 1,024 bytes for an image: fields that lie
 * beyond are left out. Damaged headers give fewer names, never an error. Immutable.
 */
public final class PeFields {
  private static final int E_LFANEW = 60;
  private static final int PE_SIGNATURE = 0x4550;
  private static final int MAGIC_32 = 0x10B;
  private static final int MAGIC_64 = 0x20B;

  private final byte[] bytes;
  private final List<PeField> fields = new ArrayList<>();

  private PeFields(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Names the fields of a file.
   *
   * @param start the first bytes of the file; copied
   * @return names of its fields; none if it does not start with {@code MZ}
   */
  public static PeFields of(byte[] start) {
    PeFields named = new PeFields(start.clone());
    if (isThere(start, 0, FieldTable.DOS.size()) && start[0] == 'M' && start[1] == 'Z') {
      named.addAll();
    }
    return named;
  }

  /**
   * Returns the name of a byte.
   *
   * @param offset the byte, from the start of the file
   * @return the field's name, with the number of the byte within it where it has several; empty if
   *     the byte belongs to none
   */
  public Optional<String> nameAt(int offset) {
    return fieldAt(offset)
        .map(
            field ->
                field.length() == 1
                    ? field.name()
                    : field.name() + " [" + (offset - field.offset()) + "]");
  }

  /**
   * Returns the field that a byte belongs to.
   *
   * @param offset the byte, from the start of the file
   * @return the field, or empty
   */
  public Optional<PeField> fieldAt(int offset) {
    return fields.stream().filter(field -> field.contains(offset)).findFirst();
  }

  /**
   * Returns all fields that are within the bytes, in the order of their structures.
   *
   * @return a copy
   */
  public List<PeField> fields() {
    return List.copyOf(fields);
  }

  private void addAll() {
    add(FieldTable.DOS, 0, "DOS ");
    int header = LittleEndian.i32(bytes, E_LFANEW);
    boolean isPe =
        header > 0
            && isThere(bytes, header, FieldTable.COFF.size())
            && LittleEndian.i32(bytes, header) == PE_SIGNATURE;
    int stubEnd = header > 0 ? Math.min(header, bytes.length) : bytes.length;
    fields.addAll(RichHeader.fields(bytes, stubEnd));
    if (isPe) {
      addHeaders(header);
    }
    int stub = FieldTable.DOS.size();
    if (stubEnd > stub) {
      fields.add(new PeField(stub, stubEnd - stub, "DOS stub"));
    }
  }

  private void addHeaders(int header) {
    add(FieldTable.COFF, header, "COFF ");
    int optional = header + FieldTable.COFF.size();
    int size = LittleEndian.u16(bytes, header + FieldTable.COFF.offset("SizeOfOptionalHeader"));
    if (isThere(bytes, optional, 2)) {
      addOptional(optional, optional + size);
    }
    addSections(
        optional + size,
        LittleEndian.u16(bytes, header + FieldTable.COFF.offset("NumberOfSections")));
  }

  private void addOptional(int start, int end) {
    int magic = LittleEndian.u16(bytes, start);
    if (magic != MAGIC_32 && magic != MAGIC_64) {
      return;
    }
    FieldTable table = magic == MAGIC_32 ? FieldTable.OPTIONAL_32 : FieldTable.OPTIONAL_64;
    add(table, start, "Optional header ");
    int directories = start + table.size();
    for (int i = 0; i < FieldTable.DIRECTORIES.size(); i++) {
      int directory = directories + i * FieldTable.DIRECTORY.size();
      if (directory + FieldTable.DIRECTORY.size() <= end) {
        add(
            FieldTable.DIRECTORY,
            directory,
            "Data directory " + FieldTable.DIRECTORIES.get(i) + " ");
      }
    }
  }

  private void addSections(int start, int count) {
    for (int i = 0; i < count; i++) {
      int section = start + i * FieldTable.SECTION.size();
      if (!isThere(bytes, section, FieldTable.SECTION.size())) {
        return;
      }
      add(FieldTable.SECTION, section, "Section " + PeSection.name(bytes, section) + " ");
    }
  }

  private void add(FieldTable table, int start, String prefix) {
    for (PeField field : table.fields()) {
      if (isThere(bytes, (long) start + field.offset(), field.length())) {
        fields.add(new PeField(start + field.offset(), field.length(), prefix + field.name()));
      }
    }
  }
}
