package org.virusmnist.spark;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.hadoop.fs.FSDataInputStream;
import org.virusmnist.imaging.FileHash;
import org.virusmnist.pe.ByteSource;

/**
 * An open file of Hadoop's as the readers of executables want it.
 *
 * @param in the open file, moved about, never closed
 * @param size its bytes
 */
record HadoopFile(FSDataInputStream in, long size) implements ByteSource {
  private static final int BUFFER_BYTES = 1 << 18;

  @Override
  public byte[] read(long offset, int length) throws IOException {
    int there = (int) Math.max(0, Math.min(length, size - offset));
    byte[] bytes = new byte[there];
    int read = 0;
    while (read < there) {
      int more = in.read(offset + read, bytes, read, there - read);
      if (more < 0) {
        return Arrays.copyOf(bytes, read);
      }
      read += more;
    }
    return bytes;
  }

  /**
   * Returns the hash of the whole file in hexadecimal digits, or nothing if that has more or fewer
   * bytes than it should.
   */
  String hash(FileHash hash) throws IOException {
    MessageDigest digest = hash.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    in.seek(0);
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
      bytes += read;
    }
    return bytes != size ? "" : HexFormat.of().formatHex(digest.digest());
  }
}
