package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Headers and blank ends are no rows, and damaged data end a file with a reason. */
class DataLinesTest {
  @Test
  void leavesOutTheHeaderAndBlankLinesAtTheEnd() {
    assertThat(read(lines("header", "a", "b", "", ""))).containsExactly("a", "b");
  }

  @Test
  void keepsBlankLinesBetweenRows() {
    assertThat(read(lines("header", "a", "", "b"))).containsExactly("a", "", "b");
  }

  /** Whether they are at the end of the file is known when the pieces behind are counted. */
  @Test
  void keepsBlankLinesAtTheEndOfAPieceThatRowsFollow() {
    List<String> read = new ArrayList<>();
    new DataLines(lines("header", "a", "", ""), false)
        .forEachRemaining(line -> read.add(String.valueOf(line.text())));

    assertThat(read).containsExactly("a", "", "");
  }

  @Test
  void saysWhyDamagedDataEnd() {
    Iterator<Tuple2<LongWritable, Text>> damaged =
        failing(lines("header", "a"), new ZipException("invalid block type"));

    assertThat(read(damaged)).containsExactly("a", "! has damaged data (invalid block type)");
  }

  @Test
  void leavesFaultsOfTheNetworkToSpark() {
    Iterator<Tuple2<LongWritable, Text>> broken =
        failing(lines("header", "a"), new IllegalStateException("connection reset"));

    assertThatThrownBy(() -> read(broken)).hasMessageContaining("connection reset");
  }

  /** Hadoop's readers have one text, which {@code hasNext} overwrites; so has this iterator. */
  private static Iterator<Tuple2<LongWritable, Text>> lines(String... texts) {
    Text reused = new Text();
    return IntStream.range(0, texts.length)
        .mapToObj(
            i -> {
              reused.set(texts[i]);
              return new Tuple2<>(new LongWritable(i), reused);
            })
        .iterator();
  }

  private static <T> Iterator<T> failing(Iterator<T> lines, Exception fault) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public T next() {
        if (!lines.hasNext()) {
          throw new IllegalStateException(fault);
        }
        return lines.next();
      }
    };
  }

  /** Returns texts, and faults behind an exclamation mark. */
  private static List<String> read(Iterator<Tuple2<LongWritable, Text>> lines) {
    List<String> read = new ArrayList<>();
    new DataLines(lines, true)
        .forEachRemaining(
            line -> read.add(line.text() == null ? "! " + line.fault() : line.text().toString()));
    return read;
  }
}
