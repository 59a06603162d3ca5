package org.virusmnist.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.virusmnist.storage.CacheDirectory;

/**
 * Keeps the features of files for the next run.
 *
 * <p>An entry is found by its {@link FeatureKey} alone and checked when read: little-endian, the
 * magic number, the name of the entry, N and F, the features, last the CRC-32C (RFC 3720) of all
 * before. One that is cut, damaged or of another shape counts as absent. Several processes may
 * share a directory.
 */
public final class FeatureCache {
  private static final long MAGIC = 0x3130304145464D56L; // VMFEA001 in the file

  /** About a megabyte of features between native memory and the file. */
  private static final int BLOCK_FLOATS = 1 << 18;

  private final CacheDirectory directory;

  /**
   * Describes a cache; its directory is made when something is stored.
   *
   * @param directory where the entries are
   * @param maxBytes the size of all entries together in bytes; the least recently used go first
   */
  public FeatureCache(Path directory, long maxBytes) {
    this.directory = new CacheDirectory(directory, maxBytes);
  }

  /**
   * Fills features from the cache.
   *
   * @param key what the features depend on
   * @param target receives them; where there are none, its content is undefined
   * @return whether they were there, whole and undamaged
   */
  public boolean read(FeatureKey key, Features target) {
    Path file = directory.find(key.entry());
    if (file == null) {
      return false;
    }
    try (FileChannel in = FileChannel.open(file)) {
      CRC32C crc = new CRC32C();
      byte[] expected = header(key, target);
      if (!Arrays.equals(read(in, expected.length, crc), expected)) {
        return false;
      }
      readRows(in, target, crc);
      long sum = littleEndian(read(in, Long.BYTES, new CRC32C())).getLong();
      return sum == crc.getValue() && in.position() == in.size();
    } catch (IOException e) {
      return false; // cut short, or deleted by another process
    }
  }

  private static void readRows(FileChannel in, Features target, CRC32C crc) throws IOException {
    int rows = blockRows(target);
    for (int row = 0; row < target.size(); row += rows) {
      float[] block = new float[Math.min(rows, target.size() - row) * target.featureCount()];
      littleEndian(read(in, block.length * Float.BYTES, crc)).asFloatBuffer().get(block);
      target.write(row, block);
    }
  }

  private static byte[] read(FileChannel in, int length, CRC32C crc) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    crc.update(bytes);
    return bytes;
  }

  /**
   * Stores features.
   *
   * @param key what they depend on
   * @param features the features; they may be read by others meanwhile
   * @throws IOException if they cannot be written; an old entry is then still there
   */
  public void write(FeatureKey key, Features features) throws IOException {
    directory.store(key.entry(), out -> write(key, features, out));
  }

  private static void write(FeatureKey key, Features features, OutputStream out)
      throws IOException {
    CRC32C crc = new CRC32C();
    write(header(key, features), crc, out);
    int rows = blockRows(features);
    for (int row = 0; row < features.size(); row += rows) {
      float[] block = new float[Math.min(rows, features.size() - row) * features.featureCount()];
      features.read(row, block);
      byte[] bytes = new byte[block.length * Float.BYTES];
      littleEndian(bytes).asFloatBuffer().put(block);
      write(bytes, crc, out);
    }
    byte[] sum = new byte[Long.BYTES];
    littleEndian(sum).putLong(crc.getValue());
    out.write(sum);
  }

  private static void write(byte[] bytes, CRC32C crc, OutputStream out) throws IOException {
    crc.update(bytes);
    out.write(bytes);
  }

  private static byte[] header(FeatureKey key, Features shape) {
    byte[] name = key.entry().getBytes(US_ASCII);
    byte[] header = new byte[Long.BYTES + name.length + 2 * Integer.BYTES];
    littleEndian(header).putLong(MAGIC).put(name).putInt(shape.size()).putInt(shape.featureCount());
    return header;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int blockRows(Features features) {
    return Math.max(1, BLOCK_FLOATS / features.featureCount());
  }
}
