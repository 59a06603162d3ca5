package org.virusmnist.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.virusmnist.imaging.FileHash;
import org.virusmnist.imaging.ImageRecipe;

/**
 * Executables to images: nothing is run, and files are read in pieces, so that their size does not
 * matter.
 *
 * <p>Each file is read once: images and reasons go into a table of the job's own, from which the
 * output and its side table are taken. {@code row} counts all files, sorted by path.
 *
 * @param files a directory or a glob on any file system that Hadoop knows
 * @param output a directory of Parquet files: {@code row, hash, label, path, pixels, recipe}
 * @param recipe how pixels are made
 * @param hash what identifies a file
 * @param classNames names of the classes from 0; a file below a folder of such a name has that
 *     label, where the folder lies directly in the directory, or where a glob's first pattern is
 * @param partitions tasks, and files of the output; 0 chooses
 */
public record ImagesJob(
    String files,
    String output,
    ImageRecipe recipe,
    FileHash hash,
    List<String> classNames,
    int partitions) {
  /** Rows of a file of the output: as many as a task of the next job takes. */
  static final int FILE_ROWS = 20_000;

  /** Most bytes of a task, where files are small and many. */
  private static final long TASK_BYTES = 4L << 30;

  /** Opening a file costs about as much as reading so many bytes, as Spark reckons. */
  private static final long OPEN_BYTES = 1 << 20;

  private static final StructType NUMBERED = SampleFile.SCHEMA.add(Columns.ROW, DataTypes.LongType);

  /** Copies the list. */
  public ImagesJob {
    classNames = List.copyOf(classNames);
  }

  /**
   * Runs the job.
   *
   * @throws IOException if the output exists, there are no files, or one could not be read for a
   *     reason that is not its own
   */
  public JobResult run(SparkRun run) throws IOException {
    return run.write(
        output,
        out -> {
          Dataset<Row> found = SampleListing.of(run.session(), files, out.work("files"));
          Row totals = found.agg(count(lit(1)), coalesce(sum(SampleFile.SIZE), lit(0L))).head();
          int tasks = tasks(run, totals.getLong(0), totals.getLong(1));
          draw(run, found, tasks).write().parquet(out.work("drawn"));
          return divide(run, out, totals.getLong(0));
        });
  }

  private int tasks(SparkRun run, long fileCount, long bytes) {
    int cores = run.session().sparkContext().defaultParallelism();
    return tasks(partitions, cores, fileCount, bytes);
  }

  /** Returns how many tasks read so many files: enough for all cores, none much too long. */
  static int tasks(int asked, int cores, long fileCount, long bytes) {
    long cost = bytes + fileCount * OPEN_BYTES;
    long enough = Math.max(cores, 1 + cost / TASK_BYTES);
    return asked > 0 ? asked : (int) Math.max(1, Math.min(enough, fileCount));
  }

  /** Returns all files as {@link Columns#images}, drawn or with a reason. */
  private Dataset<Row> draw(SparkRun run, Dataset<Row> found, int tasks) throws IOException {
    JavaRDD<Row> numbered =
        found
            .sort(SampleFile.PATH)
            .javaRDD()
            .zipWithIndex()
            .map(file -> numbered(file._1(), file._2()));
    Configuration settings = run.session().sessionState().newHadoopConf();
    SampleDrawer drawer =
        new SampleDrawer(
            HadoopSettings.of(run.session()),
            SampleListing.root(files, settings),
            recipe,
            hash,
            classNames);
    JavaRDD<Row> drawn =
        run.session()
            .createDataFrame(numbered, NUMBERED)
            .repartition(tasks, col(Columns.ROW)) // large files are spread
            .javaRDD()
            .map(file -> drawer.draw(file.getLong(4), SampleFile.of(file)));
    return run.session().createDataFrame(drawn, Columns.images());
  }

  private static Row numbered(Row file, long row) {
    return RowFactory.create(file.get(0), file.get(1), file.get(2), file.get(3), row);
  }

  /** Writes images and reasons into tables of their own, and counts both. */
  private JobResult divide(SparkRun run, JobOutput out, long found) throws IOException {
    Dataset<Row> drawn = run.session().read().schema(Columns.images()).parquet(out.work("drawn"));
    Dataset<Row> images =
        drawn.filter(col(Columns.REASON).isNull()).drop(Columns.FILE, Columns.REASON);
    long imageCount = images.count();
    int outputFiles = partitions > 0 ? partitions : 1 + (int) ((imageCount - 1) / FILE_ROWS);
    images
        .repartitionByRange(outputFiles, col(Columns.ROW))
        .sortWithinPartitions(Columns.ROW)
        .write()
        .parquet(out.table());
    long skipped = DamagedTable.write(drawn.filter(col(Columns.REASON).isNotNull()), out);
    long written = run.rowsOf(out.table());
    if (written + skipped != found) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: %,d files were found, but %,d images written and %,d files put aside. Try again.",
              files,
              found,
              written,
              skipped));
    }
    return new JobResult(written, skipped, out.damagedPath());
  }
}
