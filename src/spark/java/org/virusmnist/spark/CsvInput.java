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
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.InputSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.TextInputFormat;
import org.apache.spark.api.java.JavaHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.virusmnist.dataset.Labels;
import scala.Tuple2;

/**
 * Rows of CSV files in the Virus-MNIST format.
 *
 * <p>Plain files are cut into pieces that are read in parallel, gzipped ones are read whole. Rows
 * are numbered in the order of the files, which costs one more reading when there are several
 * pieces.
 */
final class CsvInput {
  private CsvInput() {}

  /** Reads all files as {@link Columns#images}; a faulty row is a row with a reason. */
  static Dataset<Row> read(SparkSession spark, InputFiles input, int classCount, Labels labels) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    JobConf job = new JobConf(context.hadoopConfiguration());
    FileInputFormat.setInputPaths(
        job, input.files().stream().map(FileStatus::getPath).toArray(Path[]::new));
    JavaHadoopRDD<LongWritable, Text> pieces =
        (JavaHadoopRDD<LongWritable, Text>)
            context.hadoopRDD(
                job,
                TextInputFormat.class,
                LongWritable.class,
                Text.class,
                context.defaultParallelism());
    JavaRDD<Row> rows =
        pieces
            .mapPartitionsWithInputSplit(CsvInput::dataLines, false)
            .zipWithIndex()
            .mapPartitions(lines -> new CsvRows(lines, classCount, labels));
    return spark.createDataFrame(rows, Columns.images());
  }

  private static Iterator<DataLines.Line> dataLines(
      InputSplit piece, Iterator<Tuple2<LongWritable, Text>> lines) {
    Path path = ((FileSplit) piece).getPath();
    try {
      String header = header(path);
      return header.isEmpty()
          ? fault(path, "is empty")
          : new DataLines(path.toString(), header, lines);
    } catch (IOException e) {
      if (Damage.isDamage(e)) {
        return fault(path, Damage.reason(e));
      }
      throw new UncheckedIOException(e);
    }
  }

  private static Iterator<DataLines.Line> fault(Path path, String reason) {
    return List.of(new DataLines.Line(path.toString(), "", null, reason)).iterator();
  }

  private static String header(Path path) throws IOException {
    Configuration configuration = new Configuration();
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
