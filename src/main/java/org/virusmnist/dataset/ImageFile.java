package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * An {@link ImageSet} as a binary file, for the cache alone: the format may change at any time.
 *
 * <p>Big-endian: the magic bytes {@code VMIMG001}, the key (length and ASCII), rows, characters of
 * a hash (−1 without hash column), 1 or 0 for labels; then the labels as ints, the hashes and the
 * pixels; last the CRC-32C (RFC 3720) of all before. A file that is cut, damaged, longer than that
 * or of another key is refused with an {@link IOException}.
 */
final class ImageFile {
  private static final long MAGIC = 0x564D494D47303031L; // VMIMG001

  private static final int MAX_HASH_WIDTH = 64;

  private ImageFile() {}

  static void write(ImageSet images, String key, OutputStream out) throws IOException {
    CRC32C crc = new CRC32C();
    DataOutputStream data = new DataOutputStream(new CheckedOutputStream(out, crc));
    HashColumn hashes = images.hashes();
    data.writeLong(MAGIC);
    data.writeInt(key.length());
    data.write(key.getBytes(US_ASCII));
    data.writeInt(images.size());
    data.writeInt(hashes == null ? -1 : hashes.width());
    data.writeInt(images.hasLabels() ? 1 : 0);
    if (images.hasLabels()) {
      data.write(bytes(images.labels()));
    }
    if (hashes != null) {
      data.write(hashes.text());
    }
    images.pixels().writeTo(data);
    data.writeLong(crc.getValue());
  }

  static ImageSet read(Path file, String key, String source) throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream in = Files.newInputStream(file)) {
      DataInputStream data = new DataInputStream(new CheckedInputStream(in, crc));
      ImageSet images = read(data, key, Files.size(file), source);
      long computed = crc.getValue();
      require(data.readLong() == computed, "checksum differs");
      require(data.read() < 0, "has bytes behind its end");
      return images;
    }
  }

  private static ImageSet read(DataInputStream data, String key, long size, String source)
      throws IOException {
    require(data.readLong() == MAGIC, "is not an image cache");
    require(data.readInt() == key.length(), "has another key");
    require(new String(data.readNBytes(key.length()), US_ASCII).equals(key), "has another key");
    int rows = data.readInt();
    int hashWidth = data.readInt();
    boolean hasLabels = data.readInt() == 1;
    // Before the checksum is known: a damaged number must not ask for more memory than the file is.
    require(
        rows >= 0 && rows <= Math.min(size / ImageSet.PIXELS, ImageCsv.MAX_ROWS_IN_MEMORY),
        "has a damaged row count");
    require(hashWidth <= MAX_HASH_WIDTH, "has a damaged hash width");
    int[] labels = hasLabels ? ints(exactly(data, rows * Integer.BYTES)) : null;
    HashColumn hashes = hashWidth < 0 ? null : hashes(data, rows, hashWidth);
    return new ImageSet(GreyBlocks.read(data, rows, ImageSet.PIXELS), labels, hashes, source);
  }

  private static HashColumn hashes(DataInputStream data, int rows, int width) throws IOException {
    return new HashColumn(exactly(data, rows * width), width, rows);
  }

  private static byte[] exactly(DataInputStream data, int length) throws IOException {
    byte[] bytes = new byte[length];
    data.readFully(bytes);
    return bytes;
  }

  private static void require(boolean condition, String problem) throws IOException {
    if (!condition) {
      throw new IOException(problem);
    }
  }

  private static byte[] bytes(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }

  private static int[] ints(byte[] bytes) {
    int[] values = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(values);
    return values;
  }
}
