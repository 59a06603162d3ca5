package org.virusmnist.pe;

/**
 * A named stretch of the bytes of an executable.
 *
 * @param offset its first byte, from the start of the file
 * @param length bytes, 1 or more
 * @param name its name in the PE specification, with the structure it belongs to
 */
public record PeField(int offset, int length, String name) {
  /**
   * Checks the place.
   *
   * @throws IllegalArgumentException if the offset is negative or there is no byte
   */
  public PeField {
    if (offset < 0 || length < 1) {
      throw new IllegalArgumentException(
          name + " has " + length + " bytes at " + offset + ", expected 1 or more from 0");
    }
  }

  boolean contains(int position) {
    return position >= offset && position - offset < length;
  }
}
