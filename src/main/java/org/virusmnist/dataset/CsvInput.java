package org.virusmnist.dataset;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The text of a file, which knows how much of the file it has taken. */
final class CsvInput extends BufferedInputStream {
  private final Raw raw;

  CsvInput(Raw raw, InputStream text, int bufferBytes) {
    super(text, bufferBytes);
    this.raw = raw;
  }

  /** Returns how many bytes of the file were read, packed ones where it is packed. */
  long fileBytes() {
    return raw.bytes;
  }

  /** A file's bytes, counted; of a pipe too, which has no position to ask for. */
  static final class Raw extends FilterInputStream {
    private volatile long bytes;

    Raw(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? -1 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count(read);
      return read;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread reads, others only look.
    private void count(long read) {
      if (read > 0) {
        bytes += read;
      }
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
