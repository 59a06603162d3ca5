package org.virusmnist.spark;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Hadoop's settings as the user gave them, {@code spark.hadoop.*} included, on executors too: an
 * executor that makes settings of its own has neither credentials nor mounts.
 *
 * @param shared sent once to each executor
 */
record HadoopSettings(Broadcast<SerializableConfiguration> shared) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Shares the settings of a session. */
  static HadoopSettings of(SparkSession session) {
    return new HadoopSettings(
        SerializableConfiguration.broadcast(
            session.sparkContext(), session.sessionState().newHadoopConf()));
  }

  /** Returns the settings, which nobody may change. */
  Configuration get() {
    return shared.value().value();
  }

  /** Returns the file system of a path, as {@link #files(Path, Configuration)} does. */
  FileSystem files(Path path) throws IOException {
    return files(path, get());
  }

  /**
   * Returns the file system of a path; the local one without checksum files beside, which hides
   * files named {@code .crc} and cannot open a name with a colon.
   */
  static FileSystem files(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }
}
