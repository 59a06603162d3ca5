package org.virusmnist.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.InputSplit;
import scala.Tuple2;

/**
 * A piece of a CSV file that one task reads.
 *
 * @param name tells it from other pieces: its file and where it starts
 * @param file the path of its file
 * @param header the first line of the file
 * @param lines what is in it, below the header
 */
record CsvPiece(String name, String file, String header, Iterator<DataLines.Line> lines) {

  /** Returns the name of a piece. */
  static String name(InputSplit split) {
    FileSplit piece = (FileSplit) split;
    return piece.getPath() + ":" + piece.getStart();
  }

  /**
   * Opens a piece; one whose file has no header that can be read has one line, the reason.
   *
   * @param endsFile whether no row of its file follows in another piece
   */
  static CsvPiece of(
      InputSplit split,
      Iterator<Tuple2<LongWritable, Text>> lines,
      Configuration configuration,
      boolean endsFile) {
    Path path = ((FileSplit) split).getPath();
    String name = name(split);
    try {
      String header = readHeader(path, configuration);
      return header.isEmpty()
          ? faulty(name, path, "is empty")
          : new CsvPiece(name, path.toString(), header, new DataLines(lines, endsFile));
    } catch (IOException e) {
      if (Damage.isDamage(e)) {
        return faulty(name, path, Damage.reason(e));
      }
      throw new UncheckedIOException(e);
    }
  }

  private static CsvPiece faulty(String name, Path path, String reason) {
    DataLines.Line line = new DataLines.Line(null, reason);
    return new CsvPiece(name, path.toString(), "", List.of(line).iterator());
  }

  /** Counts its lines, which are read. */
  CsvNumbers.Counted counted() {
    long rows = 0;
    long blank = 0;
    while (lines.hasNext()) {
      Text text = lines.next().text();
      if (text != null) {
        rows++;
        blank = text.getLength() == 0 ? blank + 1 : 0;
      }
    }
    return new CsvNumbers.Counted(name, file, rows, blank);
  }

  private static String readHeader(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
    try (InputStream raw = files.open(path);
        InputStream in = codec == null ? raw : codec.createInputStream(raw);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      return line == null ? "" : line.startsWith("\uFEFF") ? line.substring(1) : line;
    }
  }
}
