package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.Path;

/** A model that was exported before some optional signature was thought of. */
public final class OlderModel {
  private OlderModel() {}

  /** Writes the tiny model without a signature into a directory that does not exist yet. */
  public static void writeWithout(String signature, Path directory) throws IOException {
    TamperedModel.copyTo(directory).editMeta(meta -> meta.removeSignatureDef(signature));
  }
}
