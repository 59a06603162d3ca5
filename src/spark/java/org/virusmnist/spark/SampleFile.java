package org.virusmnist.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What a listing of executables has found: a file, or a folder that was not looked into yet.
 *
 * @param path where it is, with its scheme
 * @param size bytes of a file
 * @param problem why it cannot be read at all, or null
 * @param isFolder whether it is a folder to look into
 */
record SampleFile(String path, long size, @Nullable String problem, boolean isFolder) {
  static final String PATH = "path";
  static final String SIZE = "size";
  static final String PROBLEM = "problem";
  static final String IS_FOLDER = "is_folder";

  static final StructType SCHEMA =
      new StructType()
          .add(PATH, DataTypes.StringType)
          .add(SIZE, DataTypes.LongType)
          .add(PROBLEM, DataTypes.StringType)
          .add(IS_FOLDER, DataTypes.BooleanType);

  static SampleFile file(String path, long size) {
    return new SampleFile(path, size, null, false);
  }

  static SampleFile folder(String path) {
    return new SampleFile(path, 0, null, true);
  }

  static SampleFile unusable(String path, String problem) {
    return new SampleFile(path, 0, problem, false);
  }

  /** Returns a row of {@link #SCHEMA}, further columns aside, as what it says. */
  static SampleFile of(Row row) {
    return new SampleFile(row.getString(0), row.getLong(1), row.getString(2), row.getBoolean(3));
  }

  /** Returns it as a row of {@link #SCHEMA}. */
  Row row() {
    return RowFactory.create(path, size, problem, isFolder);
  }

  /**
   * Says why a file cannot be read where that is the file's fault: it is gone, or not for this
   * user. Anything else may be a fault of a network or a disk, for which a task is tried again.
   *
   * @return the reason, or null
   */
  static @Nullable String fault(IOException e) {
    if (e instanceof AccessDeniedException
        || e instanceof AccessControlException
        || String.valueOf(e.getMessage()).endsWith("(Permission denied)")) {
      return "cannot be read: permission denied";
    }
    return e instanceof FileNotFoundException || e instanceof NoSuchFileException
        ? "is no longer there"
        : null;
  }

  /** Returns what ends a task, which Spark tries again; its last cause is what users see. */
  static UncheckedIOException tryAgain(String what, IOException e) {
    IOException named = new IOException(what + e.getMessage());
    named.addSuppressed(e);
    return new UncheckedIOException(named);
  }
}
