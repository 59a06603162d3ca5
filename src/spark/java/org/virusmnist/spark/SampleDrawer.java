package org.virusmnist.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.virusmnist.imaging.FileHash;
import org.virusmnist.imaging.ImageRecipe;
import org.virusmnist.pe.PeFormatException;
import org.virusmnist.pe.PeHeaders;

/**
 * Draws executables on executors.
 *
 * @param settings how to reach them
 * @param root the folder whose folders may name classes, with its scheme
 * @param recipe how pixels are made
 * @param hash what identifies a file
 * @param classNames names of the classes from 0
 */
record SampleDrawer(
    HadoopSettings settings,
    String root,
    ImageRecipe recipe,
    FileHash hash,
    List<String> classNames)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Draws a file.
   *
   * @param number its row
   * @return a row of {@link Columns#images}, with a reason where there is no image
   * @throws UncheckedIOException if it cannot be read now, but perhaps at another try
   */
  Row draw(long number, SampleFile file) {
    String problem = file.problem();
    if (problem != null) {
      return damaged(number, file, problem);
    }
    try {
      return read(number, file);
    } catch (PeFormatException | IllegalArgumentException e) { // Hadoop takes no name for granted
      return damaged(number, file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      String fault = SampleFile.fault(e);
      if (fault == null) {
        throw SampleFile.tryAgain(file.path() + ": cannot be read: ", e);
      }
      return damaged(number, file, fault);
    }
  }

  private Row read(long number, SampleFile file) throws IOException {
    Path path = new Path(file.path());
    try (FSDataInputStream in = settings.files(path).open(path)) {
      HadoopFile bytes = new HadoopFile(in, file.size());
      byte[] pixels = recipe.draw(bytes, PeHeaders.read(bytes));
      String digest = bytes.hash(hash);
      return digest.isEmpty()
          ? damaged(number, file, "changed while it was read")
          : RowFactory.create(
              number, digest, label(file.path()), file.path(), pixels, recipe.id(), null, null);
    }
  }

  /** Returns the class of the first folder below the root, or null. */
  private @Nullable Integer label(String path) {
    String prefix = root.endsWith("/") ? root : root + "/";
    int end = path.startsWith(prefix) ? path.indexOf('/', prefix.length()) : -1;
    int label = end < 0 ? -1 : classNames.indexOf(path.substring(prefix.length(), end));
    return label < 0 ? null : label;
  }

  private static Row damaged(long number, SampleFile file, String reason) {
    return RowFactory.create(number, null, null, null, null, null, file.path(), reason);
  }
}
