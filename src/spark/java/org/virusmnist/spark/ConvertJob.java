package org.virusmnist.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.virusmnist.dataset.ImageCsvWriter;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;

/**
 * CSV files in the Virus-MNIST format to Parquet and back.
 *
 * @param tables what is read and written: Parquet files with {@code row, hash, label, path, pixels,
 *     recipe}, or gzipped CSV files with a header each, rows in their order; a file a partition.
 *     Rows without a label are left out of CSV files if others have one
 * @param format which of the two
 */
public record ConvertJob(JobTables tables, Format format) {
  private static final String UNLABELLED =
      "label is absent and other rows have one: a CSV file has labels for all or for none";

  /** What is written. */
  public enum Format {
    /** Columnar files. */
    PARQUET,
    /** Gzipped text. */
    CSV
  }

  /**
   * Runs the job.
   *
   * @throws IOException if the output exists or the input cannot be read
   */
  public JobResult run(SparkRun run) throws IOException {
    return run.write(
        tables.output(),
        out -> {
          ImageTable images =
              ImageTable.open(run.session(), tables.data(), tables.classCount(), Labels.OPTIONAL);
          Written written =
              format == Format.PARQUET ? toParquet(run, images, out) : toCsv(run, images, out);
          long damaged = DamagedTable.write(written.leftOut(), out);
          images.requireUsed(written.rows());
          return new JobResult(written.rows(), damaged, out.damagedPath());
        });
  }

  private Written toParquet(SparkRun run, ImageTable images, JobOutput out) throws IOException {
    ordered(images.rows()).drop(Columns.FILE, Columns.REASON).write().parquet(out.table());
    return new Written(run.rowsOf(out.table()), images.damaged());
  }

  private Written toCsv(SparkRun run, ImageTable images, JobOutput out) throws IOException {
    Row counts =
        images
            .rows()
            .agg(count(lit(1)), count(col(Columns.LABEL)), count(col(Columns.HASH)))
            .head();
    CsvColumns columns = new CsvColumns(counts.getLong(1) > 0, counts.getLong(2) > 0);
    Column isWritten = columns.hasLabels() ? col(Columns.LABEL).isNotNull() : lit(true);
    MapPartitionsFunction<Row, String> toLines = part -> new CsvLines(part, columns);
    ordered(images.rows().filter(isWritten))
        .mapPartitions(toLines, Encoders.STRING())
        .write()
        .option("compression", "gzip")
        .text(out.table());
    rename(run, out);
    Dataset<Row> unlabelled =
        images.rows().filter(not(isWritten)).withColumn(Columns.REASON, lit(UNLABELLED));
    return new Written(
        counts.getLong(columns.hasLabels() ? 1 : 0), images.damaged().unionByName(unlabelled));
  }

  private Dataset<Row> ordered(Dataset<Row> rows) {
    int files =
        tables.partitions() > 0 ? tables.partitions() : Math.max(1, rows.rdd().getNumPartitions());
    return rows.repartitionByRange(files, col(Columns.ROW)).sortWithinPartitions(Columns.ROW);
  }

  /** Spark calls text files .txt, and this application knows CSV files by their name. */
  private void rename(SparkRun run, JobOutput out) throws IOException {
    Path directory = new Path(out.table());
    FileSystem files = directory.getFileSystem(run.session().sessionState().newHadoopConf());
    for (FileStatus file : files.listStatus(directory)) {
      String name = file.getPath().getName();
      if (name.endsWith(".txt.gz")) {
        String renamed = name.replaceFirst("^(part-\\d+).*", "$1.csv.gz");
        if (!files.rename(file.getPath(), new Path(directory, renamed))) {
          throw new IOException(file.getPath() + ": cannot be renamed to " + renamed + ".");
        }
      }
    }
  }

  /** Rows of the output, and those that are not in it. */
  private record Written(long rows, Dataset<Row> leftOut) {}

  /** Which columns every file has. */
  private record CsvColumns(boolean hasLabels, boolean hasHashes) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** A header and a line for each image; nothing where there are no images. */
  private static final class CsvLines implements Iterator<String> {
    private final Iterator<Row> rows;
    private final CsvColumns columns;
    private boolean isBelowHeader;

    CsvLines(Iterator<Row> rows, CsvColumns columns) {
      this.rows = rows;
      this.columns = columns;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public String next() {
      if (!isBelowHeader) {
        isBelowHeader = true;
        return ImageCsvWriter.header(columns.hasLabels(), columns.hasHashes());
      }
      Row row = rows.next();
      String hash = row.getAs(Columns.HASH);
      StringBuilder line = new StringBuilder(5 * ImageSet.PIXELS);
      ImageCsvWriter.appendRow(
          line,
          row.getAs(Columns.PIXELS),
          columns.hasLabels() ? row.getAs(Columns.LABEL) : null,
          !columns.hasHashes() ? null : hash == null ? "" : hash);
      return line.toString();
    }
  }
}
