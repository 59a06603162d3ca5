package org.virusmnist.cli;

import picocli.CommandLine.Option;

/** The images that a batch verb reads. */
final class SparkData {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "PATH",
      description =
          "CSV or Parquet: a file, a directory or a glob, on any file system of Hadoop's.")
  private String data = "";

  String path() {
    return data;
  }
}
