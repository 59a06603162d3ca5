package org.virusmnist.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.virusmnist.storage.Sha256;

/**
 * A SavedModel on its way to executors: a zip file that Spark broadcasts, some megabytes.
 *
 * <p>Executors check what arrives against the hash that the driver computed. (Archives added to a
 * running context do not reach the tasks of a SQL session in Spark 4.)
 */
final class ModelArchive {
  private ModelArchive() {}

  /** Packs a model and broadcasts it. */
  static ModelSpec.Shipped ship(ModelSpec model, SparkSession session) throws IOException {
    JavaSparkContext context = new JavaSparkContext(session.sparkContext());
    return new ModelSpec.Shipped(
        context.broadcast(pack(model.directory())),
        Sha256.ofDirectory(model.directory()),
        model.settings(),
        model.batchSize(),
        model.opener());
  }

  /** What is done with an unpacked model. */
  @FunctionalInterface
  interface Use<R> {
    R of(Path directory) throws IOException;
  }

  /** Unpacks a model into a directory that is there only meanwhile. */
  static <R> R unpacked(byte[] zip, Use<R> use) throws IOException {
    Path directory = Files.createTempDirectory("savedmodel");
    try {
      unpack(zip, directory);
      return use.of(directory);
    } finally {
      delete(directory);
    }
  }

  static byte[] pack(Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zipped = new ZipOutputStream(bytes)) {
      for (Path file : files(directory)) {
        zipped.putNextEntry(new ZipEntry(directory.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zipped);
        zipped.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static void unpack(byte[] zip, Path directory) throws IOException {
    try (ZipInputStream zipped = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = zipped.getNextEntry(); entry != null; entry = zipped.getNextEntry()) {
        Path file = directory.resolve(entry.getName()).normalize();
        if (!file.startsWith(directory)) {
          throw new IOException("the model's archive leads out of its directory");
        }
        Files.createDirectories(file.getParent());
        Files.copy(zipped, file);
      }
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
