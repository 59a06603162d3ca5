package org.virusmnist.cli;

import org.virusmnist.imaging.FileHash;
import org.virusmnist.imaging.ImageRecipe;
import picocli.CommandLine.Option;

/** How files become images. */
final class DrawingOptions {
  @Option(
      names = "--recipe",
      paramLabel = "header|code|thumbnail",
      description = "How pixels are made out of a file (default: header).")
  private ImageRecipe recipe = ImageRecipe.HEADER;

  @Option(
      names = "--hash",
      paramLabel = "md5|sha256",
      description = "Hash of the whole file in the column hash (default: md5).")
  private FileHash hash = FileHash.MD5;

  ImageRecipe recipe() {
    return recipe;
  }

  FileHash hash() {
    return hash;
  }
}
