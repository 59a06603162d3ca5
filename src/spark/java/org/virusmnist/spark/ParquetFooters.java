package org.virusmnist.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * What the footers of Parquet files say, in the order of the files.
 *
 * @param whole row groups of the files that can be read, numbered through the whole input
 * @param faults the other files
 */
record ParquetFooters(List<RowGroup> whole, List<Fault> faults) {
  private static final int FILES_PER_TASK = 64;

  /**
   * A file that is left out.
   *
   * @param file its path
   * @param reason why
   */
  record Fault(String file, String reason) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As a row of {@link Columns#images} with a reason. */
    Row asRow() {
      return RowFactory.create(null, null, null, null, null, null, file, reason);
    }
  }

  /** What one file says of itself: row groups numbered from 0, or a fault. */
  private record Footer(List<RowGroup> groups, List<Fault> faults) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Reads all footers, in parallel. */
  static ParquetFooters read(SparkSession spark, InputFiles input) {
    return read(spark, input, false);
  }

  /** Reads all footers as {@link #read} does; a file without columns of images is a fault. */
  static ParquetFooters ofImages(SparkSession spark, InputFiles input) {
    return read(spark, input, true);
  }

  private static ParquetFooters read(SparkSession spark, InputFiles input, boolean areImages) {
    List<String> paths = Arrays.asList(input.paths());
    int tasks = 1 + paths.size() / FILES_PER_TASK;
    HadoopSettings settings = HadoopSettings.of(spark);
    List<Footer> footers =
        new JavaSparkContext(spark.sparkContext())
            .parallelize(paths, tasks)
            .map(file -> footer(file, settings.get(), areImages))
            .collect();
    List<RowGroup> whole = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    long row = 0;
    for (Footer footer : footers) {
      for (RowGroup group : footer.groups()) {
        whole.add(group.startingAt(row));
        row += group.rows();
      }
      faults.addAll(footer.faults());
    }
    return new ParquetFooters(whole, faults);
  }

  /** Returns the rows of all files that can be read. */
  long rows() {
    return whole.stream().mapToLong(RowGroup::rows).sum();
  }

  private static Footer footer(String file, Configuration hadoop, boolean areImages)
      throws IOException {
    HadoopInputFile input = HadoopInputFile.fromPath(new Path(file), hadoop);
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      String fault = areImages ? ParquetColumns.fault(reader.getFileMetaData().getSchema()) : "";
      return fault.isEmpty()
          ? footer(file, reader.getRowGroups(), input.getLength())
          : faulty(file, fault);
    } catch (IOException | RuntimeException e) { // "is not a Parquet file", "corrupted file"
      if (Damage.isOfParquet(e)) {
        return faulty(file, Damage.noParquet(e));
      }
      throw e;
    }
  }

  private static Footer footer(String file, List<BlockMetaData> blocks, long bytes) {
    if (!blocks.stream().allMatch(block -> fits(block, bytes))) {
      return faulty(file, "is cut short or its footer is damaged: it promises more than there is");
    }
    List<RowGroup> groups =
        IntStream.range(0, blocks.size())
            .mapToObj(
                i ->
                    new RowGroup(
                        file, i, 0, blocks.get(i).getRowCount(), blocks.get(i).getCompressedSize()))
            .toList();
    return new Footer(groups, List.of());
  }

  /** Readers make room for what a footer promises before they look whether it is there. */
  private static boolean fits(BlockMetaData block, long fileBytes) {
    return block.getRowCount() >= 0
        && block.getColumns().stream()
            .allMatch(
                column ->
                    column.getTotalSize() >= 0
                        && column.getTotalSize() <= fileBytes - column.getStartingPos());
  }

  private static Footer faulty(String file, String reason) {
    return new Footer(List.of(), List.of(new Fault(file, reason)));
  }
}
