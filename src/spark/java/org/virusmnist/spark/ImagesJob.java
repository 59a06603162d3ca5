package org.virusmnist.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.virusmnist.imaging.FileHash;
import org.virusmnist.imaging.ImageRecipe;
import org.virusmnist.pe.PeFormatException;
import org.virusmnist.pe.PeHeaders;

/**
 * Executables to images: nothing is run, and files are read in pieces, so that their size does not
 * matter.
 *
 * @param files a directory or a glob on any file system that Hadoop knows
 * @param output a directory of Parquet files: {@code row, hash, label, path, pixels, recipe}
 * @param recipe how pixels are made
 * @param hash what identifies a file
 * @param classNames names of the classes from 0; a file in a directory of such a name has that
 *     label
 */
public record ImagesJob(
    String files, String output, ImageRecipe recipe, FileHash hash, List<String> classNames) {
  private static final long PACK_BYTES = 128L << 20;

  /** Copies the list. */
  public ImagesJob {
    classNames = List.copyOf(classNames);
  }

  /**
   * Runs the job.
   *
   * @throws IOException if the output exists or there are no files
   */
  public JobResult run(SparkRun run) throws IOException {
    run.requireNew(output);
    return SparkRun.guarded(
        () -> {
          List<FileStatus> found =
              InputFiles.list(files, run.session().sessionState().newHadoopConf());
          Dataset<Row> rows = draw(run, FilePacks.of(found, packBytes(run, found)));
          rows.filter(col(Columns.REASON).isNull())
              .drop(Columns.FILE, Columns.REASON)
              .write()
              .parquet(output);
          long written = run.rowsOf(output);
          Dataset<Row> damaged = rows.filter(col(Columns.REASON).isNotNull());
          long skipped = written < found.size() ? DamagedTable.write(damaged, output) : 0;
          return new JobResult(written, skipped, DamagedTable.path(output));
        });
  }

  /** No more than a pack a task, and at least a task for each core. */
  private static long packBytes(SparkRun run, List<FileStatus> found) {
    long bytes = found.stream().mapToLong(FileStatus::getLen).sum() + ((long) found.size() << 20);
    return Math.min(PACK_BYTES, 1 + bytes / run.session().sparkContext().defaultParallelism());
  }

  private Dataset<Row> draw(SparkRun run, List<List<FilePacks.PackedFile>> packs) {
    JavaSparkContext context = new JavaSparkContext(run.session().sparkContext());
    ImagesJob job = this;
    JavaRDD<Row> rows =
        context
            .parallelize(packs, Math.max(1, packs.size()))
            .flatMap(pack -> pack.stream().map(job::draw).iterator());
    return run.session().createDataFrame(rows, Columns.images());
  }

  private Row draw(FilePacks.PackedFile file) {
    Path path = new Path(file.path());
    try (FSDataInputStream in = open(path)) {
      HadoopFile bytes = new HadoopFile(in, file.size());
      byte[] pixels = recipe.draw(bytes, PeHeaders.read(bytes));
      return RowFactory.create(
          file.row(),
          bytes.hash(hash),
          label(path),
          file.path(),
          pixels,
          recipe.id(),
          file.path(),
          null);
    } catch (PeFormatException e) {
      return damaged(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return damaged(file, "cannot be read: " + e.getMessage());
    }
  }

  private static FSDataInputStream open(Path path) throws IOException {
    FileSystem files = path.getFileSystem(new Configuration());
    return files.open(path);
  }

  private @Nullable Integer label(Path path) {
    int label = path.getParent() == null ? -1 : classNames.indexOf(path.getParent().getName());
    return label < 0 ? null : label;
  }

  private static Row damaged(FilePacks.PackedFile file, String reason) {
    return RowFactory.create(file.row(), null, null, file.path(), null, null, file.path(), reason);
  }
}
