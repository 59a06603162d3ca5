package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Headers and blank ends are no rows, and damaged data end a file with a reason. */
class DataLinesTest {
  @Test
  void leavesOutTheHeaderAndBlankLinesAtTheEnd() {
    assertThat(texts(lines("header", "a", "b", "", ""))).containsExactly("a", "b");
  }

  @Test
  void keepsBlankLinesBetweenRows() {
    assertThat(texts(lines("header", "a", "", "b"))).containsExactly("a", "", "b");
  }

  @Test
  void saysWhyDamagedDataEnd() {
    Iterator<Tuple2<LongWritable, Text>> damaged =
        failing(lines("header", "a"), new ZipException("invalid block type"));
    List<DataLines.Line> read = read(damaged);

    assertThat(read.get(0).text()).isEqualTo("a");
    assertThat(read.get(1).text()).isNull();
    assertThat(read.get(1).fault()).isEqualTo("has damaged data (invalid block type)");
  }

  @Test
  void leavesFaultsOfTheNetworkToSpark() {
    Iterator<Tuple2<LongWritable, Text>> broken =
        failing(lines("header", "a"), new IllegalStateException("connection reset"));

    assertThatThrownBy(() -> read(broken)).hasMessageContaining("connection reset");
  }

  private static Iterator<Tuple2<LongWritable, Text>> lines(String... texts) {
    List<Tuple2<LongWritable, Text>> lines = new ArrayList<>();
    long offset = 0;
    for (String text : texts) {
      lines.add(new Tuple2<>(new LongWritable(offset), new Text(text)));
      offset += text.length() + 1;
    }
    return lines.iterator();
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

  private static List<String> texts(Iterator<Tuple2<LongWritable, Text>> lines) {
    return read(lines).stream().map(DataLines.Line::text).toList();
  }

  private static List<DataLines.Line> read(Iterator<Tuple2<LongWritable, Text>> lines) {
    List<DataLines.Line> read = new ArrayList<>();
    new DataLines("file", "header", lines).forEachRemaining(read::add);
    return read;
  }
}
