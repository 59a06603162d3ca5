package org.virusmnist.spark;

import static org.apache.hadoop.mapreduce.lib.input.FileInputFormat.SPLIT_MINSIZE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        job, input.files().stream().map(file -> literal(file.getPath())).toArray(Path[]::new));
    long bytes = input.files().stream().mapToLong(FileStatus::getLen).sum();
    int pieceCount = (int) Math.max(context.defaultParallelism(), 1 + bytes / MAX_PIECE_BYTES);
    job.setLong(SPLIT_MINSIZE, Math.min(MAX_PIECE_BYTES, 1 + bytes / pieceCount));
    JavaHadoopRDD<LongWritable, Text> pieces =
        (JavaHadoopRDD<LongWritable, Text>)
            context.hadoopRDD(
                job, TextInputFormat.class, LongWritable.class, Text.class, pieceCount);
    HadoopSettings settings = HadoopSettings.of(spark);
    Map<String, CsvNumbers.Place> places = places(pieces, settings);
    return pieces.mapPartitionsWithInputSplit(
        (split, lines) -> {
          CsvNumbers.Place place =
              places.isEmpty()
                  ? CsvNumbers.Place.ONLY
                  : Objects.requireNonNull(places.get(CsvPiece.name(split)));
          CsvPiece piece = CsvPiece.of(split, lines, settings.get(), place.endsFile());
          return new CsvRows(piece, place.firstRow(), classCount, labels);
        },
        false);
  }

  /** Returns where each piece is in the input; nothing where there is one piece only. */
  private static Map<String, CsvNumbers.Place> places(
      JavaHadoopRDD<LongWritable, Text> pieces, HadoopSettings settings) {
    return pieces.getNumPartitions() == 1
        ? new HashMap<>()
        : CsvNumbers.places(
            pieces
                .mapPartitionsWithInputSplit(
                    (split, lines) ->
                        List.of(CsvPiece.of(split, lines, settings.get(), false).counted())
                            .iterator(),
                    false)
                .collect());
  }

  /** Hadoop takes a path for a pattern. */
  private static Path literal(Path path) {
    return new Path(path.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0"));
  }
}
