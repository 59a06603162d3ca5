package org.virusmnist.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.virusmnist.storage.Sha256;

/**
 * A SavedModel on its way to executors: a zip file that Spark copies to each of them and unpacks.
 *
 * <p>Spark refuses to ship local directories, archives it ships everywhere. Executors check what
 * arrives against the hash that the driver computed.
 */
final class ModelArchive {
  private ModelArchive() {}

  /** Packs a model and hands it to the context. */
  static ModelSpec.Shipped ship(ModelSpec model, SparkContext context, Path scratch)
      throws IOException {
    String sha256 = Sha256.ofDirectory(model.directory());
    String name = "savedmodel-" + sha256.substring(0, 16);
    Path zip = scratch.resolve(name + ".zip");
    if (!Files.exists(zip)) {
      pack(model.directory(), zip);
      context.addArchive(zip.toUri() + "#" + name);
    }
    return new ModelSpec.Shipped(name, sha256, model.settings(), model.batchSize(), model.opener());
  }

  /** Returns where an executor has the model. */
  static Path unpacked(ModelSpec.Shipped model) {
    return Path.of(SparkFiles.get(model.archive()));
  }

  private static void pack(Path directory, Path zip) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream zipped = new ZipOutputStream(out)) {
      for (Path file : files(directory)) {
        zipped.putNextEntry(new ZipEntry(directory.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zipped);
        zipped.closeEntry();
      }
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
