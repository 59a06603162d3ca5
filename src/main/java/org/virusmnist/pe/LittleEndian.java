package org.virusmnist.pe;

/** Unsigned integers in bytes, the lowest byte first. */
final class LittleEndian {
  private LittleEndian() {}

  static int u16(byte[] bytes, int offset) {
    return (bytes[offset] & 0xFF) | ((bytes[offset + 1] & 0xFF) << 8);
  }

  static int i32(byte[] bytes, int offset) {
    return u16(bytes, offset) | (u16(bytes, offset + 2) << 16);
  }

  static long u32(byte[] bytes, int offset) {
    return i32(bytes, offset) & 0xFFFFFFFFL;
  }

  static boolean isThere(byte[] bytes, long offset, int length) {
    return offset >= 0 && offset + length <= bytes.length;
  }
}
