package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.storage.Sha256;

/** What executors unpack is what the driver packed, and is gone when they have read it. */
class ModelArchiveTest {
  @TempDir Path directory;

  @Test
  void travelsWithoutChange() throws IOException {
    Files.createDirectories(directory.resolve("variables"));
    Files.writeString(directory.resolve("saved_model.pb"), "graph");
    Files.write(directory.resolve("variables/variables.index"), new byte[] {1, 0, -1});
    Path[] place = new Path[1];

    String hash =
        ModelArchive.unpacked(
            ModelArchive.pack(directory),
            unpacked -> {
              place[0] = unpacked;
              return Sha256.ofDirectory(unpacked);
            });

    assertThat(hash).isEqualTo(Sha256.ofDirectory(directory));
    assertThat(place[0]).doesNotExist();
  }

  @Test
  void refusesNamesThatLeadOutOfItsDirectory() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream zipped = new ZipOutputStream(zip)) {
      zipped.putNextEntry(new ZipEntry("../outside"));
    }

    assertThatIOException()
        .isThrownBy(() -> ModelArchive.unpacked(zip.toByteArray(), unpacked -> unpacked))
        .withMessage("the model's archive leads out of its directory");
  }
}
