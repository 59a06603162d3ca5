package org.virusmnist.spark;

/**
 * What a job reads and writes.
 *
 * @param data CSV or Parquet: a file, a directory or a glob
 * @param output a directory that does not exist
 * @param classCount labels are 0 to classCount − 1
 * @param partitions tasks; 0 chooses
 */
public record JobTables(String data, String output, int classCount, int partitions) {}
