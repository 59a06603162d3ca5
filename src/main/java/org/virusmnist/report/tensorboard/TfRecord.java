package org.virusmnist.report.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The framing of TensorFlow's record files: length, checksum of the length, data, checksum of the
 * data, the lowest byte first.
 *
 * <p>Checksums are CRC-32C, rotated and shifted so that a checksum over data with checksums in it
 * stays a good one (tensorflow/core/lib/io/record_writer.h and lib/hash/crc32c.h).
 */
final class TfRecord {
  private static final int MASK_DELTA = 0xa282ead8;

  private TfRecord() {}

  static void append(ByteArrayOutputStream target, byte[] data) {
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    target.writeBytes(length);
    target.writeBytes(littleEndian(Integer.BYTES).putInt(maskedCrc(length)).array());
    target.writeBytes(data);
    target.writeBytes(littleEndian(Integer.BYTES).putInt(maskedCrc(data)).array());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int maskedCrc(byte[] data) {
    CRC32C checksum = new CRC32C();
    checksum.update(data);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
  }
}
