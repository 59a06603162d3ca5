package org.virusmnist.pe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * The bytes of a file, wherever they are.
 *
 * <p>Implementations need not be safe for use by several threads.
 */
public interface ByteSource {
  /** Most bytes that one call of {@link #read} takes, so that no header can ask for more memory. */
  int MAX_READ = 1 << 22;

  /**
   * Returns the length of the file.
   *
   * @return bytes, 0 or more
   * @throws IOException if it cannot be found out
   */
  long size() throws IOException;

  /**
   * Reads some bytes.
   *
   * @param offset the first byte, from 0; may lie behind the end
   * @param length how many, 0 to {@link #MAX_READ}
   * @return a new array of {@code length} bytes, or of those there are before the end of the file
   * @throws IOException if they cannot be read
   */
  byte[] read(long offset, int length) throws IOException;

  /**
   * Returns bytes in memory as a file.
   *
   * @param bytes the whole file; not copied
   */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long offset, int length) {
        int from = (int) Math.min(offset, bytes.length);
        return Arrays.copyOfRange(bytes, from, from + Math.min(length, bytes.length - from));
      }
    };
  }

  /**
   * Returns an open file.
   *
   * @param channel the file; moved about, never closed
   */
  static ByteSource of(SeekableByteChannel channel) {
    return new ByteSource() {
      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        int there = (int) Math.max(0, Math.min(length, channel.size() - offset));
        ByteBuffer buffer = ByteBuffer.allocate(there);
        if (there > 0) {
          channel.position(offset);
        }
        int read = 0;
        while (read >= 0 && buffer.hasRemaining()) {
          read = channel.read(buffer);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
      }
    };
  }
}
