package org.virusmnist.spark;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.zip.ZipException;

/** Tells damaged data, which no second try mends, from faults of disks and networks. */
final class Damage {
  private Damage() {}

  /** Whether an exception says that the bytes read are not what they should be. */
  static boolean isDamage(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ZipException
          || cause instanceof EOFException
          || isOfCodec(cause)
          || isOfThrift(cause)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether an exception of Parquet's reader says so: it throws RuntimeExceptions of many kinds for
   * data, and passes on what a file system throws.
   */
  static boolean isOfParquet(Exception e) {
    return isDamage(e) || (e instanceof RuntimeException && !(e instanceof UncheckedIOException));
  }

  /** Says what is wrong in one line. */
  static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : oneLine(cause);
    return "has damaged data (" + message + ")";
  }

  /** Says of a file without a footer that can be read what is wrong in one line. */
  static String noParquet(Throwable e) {
    return "is no Parquet file or cut short (" + oneLine(e) + ")";
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** Hadoop's decompressors throw plain IOExceptions. */
  private static boolean isOfCodec(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.apache.hadoop.io.compress.");
  }

  /** Footers and page headers are read into memory before Thrift parses them. */
  private static boolean isOfThrift(Throwable e) {
    return e.getClass().getName().startsWith("shaded.parquet.org.apache.thrift.");
  }
}
