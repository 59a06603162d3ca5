package org.virusmnist.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;

/** Reads event files back, checksums checked, by another way than they are written. */
public final class Records {
  private Records() {}

  /** Returns the events of a run's file. */
  public static List<Event> read(Path directory) throws IOException {
    Path file = directory.resolve("events.out.tfevents.virus-mnist");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = take(bytes, 8);
      byte[] data =
          take(bytes, (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
      events.add(Event.parseFrom(data));
    }
    return events;
  }

  private static byte[] take(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    long crc = checksum.getValue();
    long masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8L) & 0xFFFFFFFFL;
    assertThat(Integer.toUnsignedLong(from.getInt())).isEqualTo(masked);
    return bytes;
  }
}
