package org.virusmnist.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads gzip data (RFC 1952) of one or several members and refuses everything else.
 *
 * <p>The JDK's {@code GZIPInputStream} ignores what follows the first member when it is not another
 * member, and decides by {@code available()} whether to look at all. A file that was cut or joined
 * wrongly must not pass as a shorter one, so this class reads to the end and says what it found:
 * every fault is a {@link ZipException} whose message is the reason alone. Not thread-safe.
 */
final class GzipStream extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private boolean ended;

  /** Reads the first header, so that what is not gzip data is refused at once. */
  GzipStream(InputStream in) throws IOException {
    this.in = in;
    try {
      if (!startMember("is not gzip data, although its name ends in .gz. Remove the ending")) {
        throw new ZipException("is empty, expected gzip data");
      }
    } catch (IOException e) {
      inflater.end();
      throw e;
    }
  }

  /** Tells whether some bytes are the start of gzip data. */
  static boolean isMagic(byte[] start) {
    return start.length >= 2 && (start[0] & 0xFF) == MAGIC_1 && (start[1] & 0xFF) == MAGIC_2;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = length == 0 || ended ? 0 : inflate(target, offset, length);
    while (read == 0 && length > 0 && !ended) {
      advance();
      read = ended ? 0 : inflate(target, offset, length);
    }
    crc.update(target, offset, read);
    return read == 0 && length > 0 ? -1 : read;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      ZipException corrupt = new ZipException("has corrupt gzip data (" + e.getMessage() + ")");
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  /** Gives the inflater what it waits for: more input, or the next member. */
  private void advance() throws IOException {
    if (inflater.finished()) {
      position = limit - inflater.getRemaining();
      endMember();
      ended = !startMember("has data behind the end of its gzip data");
    } else {
      fill();
      inflater.setInput(buffer, position, limit - position);
    }
  }

  private boolean startMember(String notGzip) throws IOException {
    if (position == limit && !more()) {
      return false;
    }
    if (next() != MAGIC_1 || (position == limit && !more()) || next() != MAGIC_2) {
      throw new ZipException(notGzip);
    }
    header();
    inflater.reset();
    inflater.setInput(buffer, position, limit - position);
    crc.reset();
    return true;
  }

  private void header() throws IOException {
    int method = next();
    int flags = next();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw new ZipException("has gzip data of an unknown kind");
    }
    skip(6); // time, compression level, operating system
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void endMember() throws IOException {
    long expectedCrc = littleEndian();
    long expectedSize = littleEndian();
    if (expectedCrc != crc.getValue()
        || expectedSize != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw new ZipException("has corrupt gzip data (the checksum differs)");
    }
  }

  private long littleEndian() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skipText() throws IOException {
    int character;
    do {
      character = next();
    } while (character != 0);
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private int next() throws IOException {
    if (position == limit) {
      fill();
    }
    return buffer[position++] & 0xFF;
  }

  private void fill() throws IOException {
    if (!more()) {
      throw new ZipException("has gzip data that ends too early. It was cut short: copy it again");
    }
  }

  private boolean more() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }
}
