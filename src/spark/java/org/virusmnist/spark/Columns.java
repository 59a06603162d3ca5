package org.virusmnist.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Names and types of the columns of every table that is read or written. */
final class Columns {
  /** Number of a row in its data set, from 0, in the order of paths and of rows in them; long. */
  static final String ROW = "row";

  /** Hexadecimal digits of the file an image was drawn from, or null; string. */
  static final String HASH = "hash";

  /** Class from 0, or null; integer. */
  static final String LABEL = "label";

  /** Where an image's file was, or null; string. */
  static final String PATH = "path";

  /** 1,024 unsigned bytes; binary. */
  static final String PIXELS = "pixels";

  /** How bytes of a file became pixels, or null; string. */
  static final String RECIPE = "recipe";

  /** The input file of a damaged row; string. */
  static final String FILE = "file";

  /** What is wrong with a damaged row or file; string. */
  static final String REASON = "reason";

  /** A class; integer. */
  static final String PREDICTED = "predicted";

  /** Probability of the predicted class; float. */
  static final String PROBABILITY = "probability";

  /** What the base says of an image; array of floats. */
  static final String FEATURES = "features";

  /** Place of {@link #ROW} in {@link #images}. */
  static final int ROW_AT = 0;

  /** Place of {@link #HASH} in {@link #images}. */
  static final int HASH_AT = 1;

  /** Place of {@link #LABEL} in {@link #images}. */
  static final int LABEL_AT = 2;

  /** Place of {@link #PIXELS} in {@link #images}. */
  static final int PIXELS_AT = 4;

  /** Place of {@link #REASON} in {@link #images}. */
  static final int REASON_AT = 7;

  private Columns() {}

  /** Rows on their way into a job: an image, or a reason why there is none. */
  static StructType images() {
    return new StructType()
        .add(ROW, DataTypes.LongType)
        .add(HASH, DataTypes.StringType)
        .add(LABEL, DataTypes.IntegerType)
        .add(PATH, DataTypes.StringType)
        .add(PIXELS, DataTypes.BinaryType)
        .add(RECIPE, DataTypes.StringType)
        .add(FILE, DataTypes.StringType)
        .add(REASON, DataTypes.StringType);
  }

  /** The columns of a run's {@code predictions.csv}. */
  static StructType predictions(int classCount) {
    List<StructField> fields = new ArrayList<>();
    fields.add(field(ROW, DataTypes.LongType));
    fields.add(field(HASH, DataTypes.StringType));
    fields.add(field(LABEL, DataTypes.IntegerType));
    fields.add(field(PREDICTED, DataTypes.IntegerType));
    fields.add(field(PROBABILITY, DataTypes.FloatType));
    for (int c = 0; c < classCount; c++) {
      fields.add(field("p" + c, DataTypes.FloatType));
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** Features with what identifies their row. */
  static StructType features() {
    return new StructType()
        .add(ROW, DataTypes.LongType)
        .add(HASH, DataTypes.StringType)
        .add(LABEL, DataTypes.IntegerType)
        .add(FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false));
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }
}
