package org.virusmnist.pe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A minimal 64-bit executable, laid out by hand: DOS header, Rich header at 0x80, PE header at
 * 0xC0, optional header with 16 directories, sections .text (raw 0x400) and .data (raw 0x600).
 */
public final class PeBytes {
  public static final int PE = 0xC0;
  public static final int OPTIONAL = PE + 24;
  public static final int SECTIONS = OPTIONAL + 240;
  private static final int KEY = 0x12345678;

  private PeBytes() {}

  /** Returns the file, 2,048 bytes; .text is filled with 0xCC, .data with 0xDD. */
  public static byte[] minimal() {
    byte[] bytes = new byte[2048];
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(0, new byte[] {'M', 'Z'}).putInt(60, PE);
    file.putInt(0x80, 0x536E6144 ^ KEY).putInt(0x84, KEY).putInt(0x88, KEY).putInt(0x8C, KEY);
    file.putInt(0x90, 0x00931E18 ^ KEY).putInt(0x94, 7 ^ KEY);
    file.putInt(0x98, 0x68636952).putInt(0x9C, KEY);
    file.put(PE, "PE\0\0".getBytes(US_ASCII));
    file.putShort(PE + 4, (short) 0x8664).putShort(PE + 6, (short) 2);
    file.putShort(PE + 20, (short) 240);
    file.putShort(OPTIONAL, (short) 0x20B).putInt(OPTIONAL + 16, 0x1010);
    file.putInt(OPTIONAL + 60, 0x400).putInt(OPTIONAL + 108, 16);
    section(file, SECTIONS, ".text", 0x1000, 0x400);
    section(file, SECTIONS + 40, ".data", 0x2000, 0x600);
    Arrays.fill(bytes, 0x400, 0x600, (byte) 0xCC);
    Arrays.fill(bytes, 0x600, 0x800, (byte) 0xDD);
    return bytes;
  }

  private static void section(ByteBuffer file, int at, String name, int address, int raw) {
    file.put(at, name.getBytes(US_ASCII)).putInt(at + 8, 0x200).putInt(at + 12, address);
    file.putInt(at + 16, 0x200).putInt(at + 20, raw);
  }

  /** Returns the file with a little-endian value of four bytes changed. */
  public static byte[] with(int offset, int value) {
    byte[] bytes = minimal();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
    return bytes;
  }
}
