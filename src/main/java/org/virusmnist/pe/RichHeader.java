package org.virusmnist.pe;

import java.util.ArrayList;
import java.util.List;

/**
 * The Rich header that Microsoft's linker leaves behind the DOS stub: which compilers made the
 * objects, hidden by exclusive or with a key.
 *
 * <p>It ends in {@code Rich} and the key, and begins with {@code DanS}, hidden by the key, and
 * three hidden zeros; between are pairs of a tool's id and a count. It is not in the specification;
 * the layout is the one described by Webster et al., "Finding the Needle: A Study of the PE32 Rich
 * Header and Respective Malware Triage" (DIMVA 2017).
 */
final class RichHeader {
  private static final int RICH = 0x68636952;
  private static final int DANS = 0x536E6144;
  private static final int STUB_START = 64;
  private static final int PREFIX = 16;

  private RichHeader() {}

  /** Returns the fields of the Rich header before the PE header, none if there is none. */
  static List<PeField> fields(byte[] bytes, int peHeader) {
    int last = Math.min(peHeader, bytes.length) - 8;
    for (int end = STUB_START; end <= last; end += 4) {
      if (LittleEndian.i32(bytes, end) == RICH) {
        return fieldsBefore(bytes, end);
      }
    }
    return List.of();
  }

  private static List<PeField> fieldsBefore(byte[] bytes, int end) {
    int key = LittleEndian.i32(bytes, end + 4);
    for (int start = end - 4; start >= STUB_START; start -= 4) {
      if ((LittleEndian.i32(bytes, start) ^ key) == DANS) {
        return fields(start, end);
      }
    }
    return List.of();
  }

  private static List<PeField> fields(int start, int end) {
    List<PeField> fields = new ArrayList<>();
    fields.add(new PeField(start, Math.min(PREFIX, end - start), "Rich header DanS"));
    for (int entry = start + PREFIX; entry < end; entry += 8) {
      String name = "Rich header entry " + ((entry - start - PREFIX) / 8 + 1);
      fields.add(new PeField(entry, Math.min(4, end - entry), name + " tool"));
      if (entry + 4 < end) {
        fields.add(new PeField(entry + 4, Math.min(4, end - entry - 4), name + " count"));
      }
    }
    fields.add(new PeField(end, 4, "Rich header Rich"));
    fields.add(new PeField(end + 4, 4, "Rich header key"));
    return fields;
  }
}
