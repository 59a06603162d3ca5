package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/** Equal to the content whatever the sizes of reads above and below; faults are in CsvCases. */
final class GzipStreamTest {
  private static final byte[] CONTENT = "label,pixel1\n".repeat(9_000).getBytes(UTF_8);

  @Test
  void readsByteByByte() throws IOException {
    byte[] packed = TestImages.gzip("ab\u00FF");
    try (InputStream in = new GzipStream(new ByteArrayInputStream(packed))) {
      assertThat(in.read()).isEqualTo('a');
      assertThat(in.read()).isEqualTo('b');
      assertThat(in.read()).isEqualTo(0xC3);
      assertThat(in.read()).isEqualTo(0xBF);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void readsNothingIntoNothing() throws IOException {
    try (InputStream in = new GzipStream(new ByteArrayInputStream(TestImages.gzip("a")))) {
      assertThat(in.read(new byte[0])).isZero();
      assertThat(in.read()).isEqualTo('a');
    }
  }

  @Test
  void readsManyMembersFromASourceThatGivesOneByteAtATime() throws IOException {
    byte[] member = TestImages.gzip(CONTENT);
    byte[] packed = CsvText.join(member, TestImages.gzip(""), member);
    try (InputStream in = new GzipStream(new Trickle(packed))) {
      assertThat(in.readAllBytes()).isEqualTo(CsvText.join(CONTENT, CONTENT));
    }
  }

  @Test
  void refusesEveryTruncation() {
    byte[] packed = TestImages.gzip("label");
    for (int length = 2; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> readAll(cut))
          .as("%d bytes", length)
          .isInstanceOf(ZipException.class)
          .hasMessage("has gzip data that ends too early. It was cut short: copy it again");
    }
  }

  /** Bits that mean nothing, such as the time's, may differ; the content may not. */
  @Test
  void readsTheContentOrRefusesWhicheverBitIsFlipped() throws IOException {
    byte[] packed = TestImages.gzip("label,pixel1,pixel2");
    int refused = 0;
    for (int bit = 0; bit < 8 * packed.length; bit++) {
      byte[] spoilt = packed.clone();
      spoilt[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += isRefused(spoilt) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(8 * (packed.length - 8));
  }

  private static boolean isRefused(byte[] packed) throws IOException {
    try {
      assertThat(readAll(packed)).asString().isEqualTo("label,pixel1,pixel2");
      return false;
    } catch (ZipException e) {
      return true;
    }
  }

  private static byte[] readAll(byte[] packed) throws IOException {
    try (InputStream in = new GzipStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  /** Returns a byte a read, as a slow network may. */
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(byte[] content) {
      super(content);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(1, length));
    }
  }
}
