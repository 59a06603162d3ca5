package org.virusmnist.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;

/**
 * Rows of Parquet files that have a binary column {@code pixels} and may have the other columns of
 * {@link Columns#images}.
 *
 * <p>Rows without a column {@code row} are numbered in the order of the files, known from their
 * footers alone. What cannot be unpacked in the middle of a file is left out by Spark; {@link
 * #lostRows} finds it.
 */
final class ParquetInput {
  private static final Column FILE_PATH = col("_metadata.file_path");
  private static final Column ROW_INDEX = col("_metadata.row_index");

  private final SparkSession spark;
  private final InputFiles input;
  private final ParquetFooters footers;

  ParquetInput(SparkSession spark, InputFiles input) {
    this.spark = spark;
    this.input = input;
    this.footers = ParquetFooters.read(spark, input);
  }

  /** Returns how many rows the footers promise. */
  long promisedRows() {
    return footers.rows();
  }

  /** Returns whether there are files that are no Parquet. */
  boolean hasFaults() {
    return !footers.faults().isEmpty();
  }

  /**
   * Reads all files as {@link Columns#images}; a faulty row or file is a row with a reason.
   *
   * @throws IOException if there is no column of pixels
   */
  Dataset<Row> read(int classCount, Labels labels) throws IOException {
    Dataset<Row> faults = footers.damaged(spark);
    if (footers.whole().isEmpty()) {
      return faults;
    }
    Dataset<Row> files = files();
    requirePixels(files.schema());
    Column[] columns =
        Arrays.stream(Columns.images().fields())
            .map(field -> column(field, files.schema(), classCount, labels).as(field.name()))
            .toArray(Column[]::new);
    return files.select(columns).unionByName(faults);
  }

  /** Returns a row with a reason for each file of which rows could not be unpacked. */
  Dataset<Row> lostRows() {
    Map<String, Long> found = new HashMap<>();
    Column one = coalesce(length(col(Columns.PIXELS)), lit(0)).multiply(0).plus(1);
    for (Row row : files().groupBy(FILE_PATH).agg(sum(one)).collectAsList()) {
      found.put(normal(row.getString(0)), row.getLong(1));
    }
    List<Row> lost =
        footers.whole().stream()
            .filter(footer -> found.getOrDefault(footer.file(), 0L) < footer.rows())
            .map(footer -> lost(footer, found.getOrDefault(footer.file(), 0L)))
            .toList();
    return spark.createDataFrame(lost, Columns.images());
  }

  private static Row lost(ParquetFooters.Footer footer, long found) {
    return ParquetFooters.damagedRow(
        footer.file(),
        "has damaged data: %d of its %d rows cannot be unpacked"
            .formatted(footer.rows() - found, footer.rows()));
  }

  private Dataset<Row> files() {
    return spark
        .read()
        .option("ignoreCorruptFiles", true)
        .parquet(footers.whole().stream().map(ParquetFooters.Footer::file).toArray(String[]::new));
  }

  private void requirePixels(StructType schema) throws IOException {
    boolean hasPixels =
        Arrays.stream(schema.fields())
            .anyMatch(
                field ->
                    field.name().equals(Columns.PIXELS)
                        && field.dataType().equals(DataTypes.BinaryType));
    if (!hasPixels) {
      throw new IOException(
          "%s: has the columns %s, expected a binary column 'pixels'. Make it with 'spark convert' or 'spark images'."
              .formatted(input.name(), String.join(", ", schema.fieldNames())));
    }
  }

  private Column column(StructField field, StructType schema, int classCount, Labels labels) {
    boolean isThere = Arrays.asList(schema.fieldNames()).contains(field.name());
    return switch (field.name()) {
      case Columns.ROW -> isThere ? col(Columns.ROW) : rowNumber();
      case Columns.FILE -> FILE_PATH;
      case Columns.REASON ->
          reason(Arrays.asList(schema.fieldNames()).contains(Columns.LABEL), classCount, labels);
      default -> (isThere ? col(field.name()) : lit(null)).cast(field.dataType());
    };
  }

  private Column rowNumber() {
    Map<String, Long> firstRows = new HashMap<>();
    footers.whole().forEach(footer -> firstRows.put(footer.file(), footer.firstRow()));
    UDF1<String, Long> firstRow = file -> firstRows.get(normal(file));
    return udf(firstRow, DataTypes.LongType).apply(FILE_PATH).plus(ROW_INDEX);
  }

  private static Column reason(boolean hasLabels, int classCount, Labels labels) {
    Column bytes = length(col(Columns.PIXELS));
    Column reason =
        when(bytes.isNull(), "pixels is absent, expected 1024 bytes")
            .when(
                bytes.notEqual(ImageSet.PIXELS),
                concat(lit("pixels has "), bytes, lit(" bytes, expected 1024")));
    Column label = hasLabels ? col(Columns.LABEL) : lit(null).cast(DataTypes.IntegerType);
    String expected = ", expected an integer from 0 to " + (classCount - 1);
    Column outside = label.lt(0).or(label.geq(classCount));
    Column refused = reason.when(outside, concat(lit("label is "), label, lit(expected)));
    return labels == Labels.OPTIONAL
        ? refused
        : refused.when(label.isNull(), "label is absent" + expected);
  }

  private static String normal(String file) {
    return new Path(URI.create(file)).toString();
  }
}
