package org.virusmnist.spark;

import static org.apache.hadoop.mapreduce.lib.input.FileInputFormat.SPLIT_MINSIZE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.TextInputFormat;
import org.apache.spark.api.java.JavaHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
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
  /** Some 20,000 rows, for which a model takes seconds: tasks are neither many nor long. */
  private static final long MAX_PIECE_BYTES = 64L << 20;

  private CsvInput() {}

  /** Reads all files as {@link Columns#images}; a faulty row is a row with a reason. */
  static JavaRDD<Row> read(SparkSession spark, InputFiles input, int classCount, Labels labels) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    JobConf job = new JobConf(context.hadoopConfiguration());
    FileInputFormat.setInputPaths(
        job, input.files().stream().map(FileStatus::getPath).toArray(Path[]::new));
    long bytes = input.files().stream().mapToLong(FileStatus::getLen).sum();
    int pieceCount = (int) Math.max(context.defaultParallelism(), 1 + bytes / MAX_PIECE_BYTES);
    job.setLong(SPLIT_MINSIZE, Math.min(MAX_PIECE_BYTES, 1 + bytes / pieceCount));
    JavaHadoopRDD<LongWritable, Text> pieces =
        (JavaHadoopRDD<LongWritable, Text>)
            context.hadoopRDD(
                job, TextInputFormat.class, LongWritable.class, Text.class, pieceCount);
    HadoopSettings settings = HadoopSettings.of(spark);
    Map<String, Long> firstRows = firstRows(pieces, settings);
    return pieces.mapPartitionsWithInputSplit(
        (split, lines) -> {
          CsvPiece piece = CsvPiece.of(split, lines, settings.get());
          long first = firstRows.isEmpty() ? 0 : firstRows.get(piece.name());
          return new CsvRows(piece, first, classCount, labels);
        },
        false);
  }

  /** Returns how many rows are before each piece; nothing where there is one piece only. */
  private static Map<String, Long> firstRows(
      JavaHadoopRDD<LongWritable, Text> pieces, HadoopSettings settings) {
    Map<String, Long> first = new HashMap<>();
    if (pieces.getNumPartitions() == 1) {
      return first;
    }
    List<Tuple2<String, Long>> counts =
        pieces
            .mapPartitionsWithInputSplit(
                (split, lines) ->
                    List.of(CsvPiece.of(split, lines, settings.get()).counted()).iterator(),
                false)
            .collect();
    long rows = 0;
    for (Tuple2<String, Long> piece : counts) {
      first.put(piece._1(), rows);
      rows += piece._2();
    }
    return first;
  }
}
