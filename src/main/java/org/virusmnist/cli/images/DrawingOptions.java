package org.virusmnist.cli.images;

import org.virusmnist.imaging.FileHash;
import org.virusmnist.imaging.ImageRecipe;
import picocli.CommandLine.Option;

/** How files become images. */
public final class DrawingOptions {
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

  /** Returns which bytes of a file become the image. */
  public ImageRecipe recipe() {
    return recipe;
  }

  /** Returns the hash to write beside a row. */
  public FileHash hash() {
    return hash;
  }
}
