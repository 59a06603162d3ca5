package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.Main;
import org.virusmnist.cli.SparkMain;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.pe.PeBytes;

/** {@code spark images} draws what {@code images} draws, and puts aside what that skips. */
class SparkImagesIT {
  @TempDir Path directory;
  private Path samples = Path.of("");

  @BeforeEach
  void writeSamples() throws IOException {
    samples = Files.createDirectories(directory.resolve("samples"));
    Files.createDirectories(samples.resolve("trojan/2020"));
    Files.createDirectories(samples.resolve("worm"));
    Files.write(samples.resolve("trojan/2020/t64.exe"), PeBytes.with(0x700, 1));
    Files.write(samples.resolve("trojan/_t32.exe"), PeBytes.with(0x700, 2));
    Files.write(samples.resolve("worm/.w64.exe"), PeBytes.with(0x700, 3));
    Files.write(samples.resolve("worm/x:y.exe"), PeBytes.with(0x700, 4));
    Files.write(samples.resolve("worm/z.exe.crc"), PeBytes.minimal());
    Files.writeString(samples.resolve("worm/notes.txt"), "no executable");
    Files.write(samples.resolve("worm/cut.exe"), Arrays.copyOf(PeBytes.minimal(), 70));
    Files.createSymbolicLink(samples.resolve("worm/dangling.exe"), Path.of("gone.exe"));
    Files.writeString(directory.resolve("names.csv"), "label,name\n0,trojan\n1,worm\n");
  }

  private String spark(int exitCode, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--master", "local[2]"));
    StringWriter out = new StringWriter();
    PrintWriter err = new PrintWriter(out);
    int code = SparkMain.run(new PrintWriter(out), err, all.toArray(String[]::new));
    assertThat(code).describedAs(out.toString()).isEqualTo(exitCode);
    return out.toString();
  }

  private List<Row> rows(Path parquet) throws IOException {
    try (SparkSession session =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false).getOrCreate()) {
      return session.read().parquet(parquet.toString()).sort("row").collectAsList();
    }
  }

  private String names() {
    return directory.resolve("names.csv").toString();
  }

  @Test
  void drawsAndSkipsAsThePlainVerbDoes() throws IOException {
    Path csv = directory.resolve("plain.csv");
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    String[] plain = {"images", samples.toString(), "--output", csv.toString()};
    String[] words =
        Stream.concat(Stream.of(plain), Stream.of("--class-names", names())).toArray(String[]::new);
    assertThat(Main.run(nobody, nobody, words)).isZero();
    Path output = directory.resolve("images");

    String said =
        spark(
            0,
            "images",
            samples.toString(),
            "--output",
            output.toString(),
            "--class-names",
            names());

    assertThat(said).contains("5 rows").contains("Put aside 3 damaged rows and files");
    ImageSet expected = ImageCsv.read(csv, 2);
    List<String> images = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      byte[] pixels = new byte[ImageSet.PIXELS];
      expected.copyGreyTo(i, pixels, 0);
      images.add(expected.hash(i) + " " + expected.label(i) + " " + Arrays.hashCode(pixels));
    }
    assertThat(rows(output))
        .extracting(
            row ->
                row.<String>getAs("hash")
                    + " "
                    + row.<Integer>getAs("label")
                    + " "
                    + Arrays.hashCode(row.<byte[]>getAs("pixels")))
        .containsExactlyInAnyOrderElementsOf(images);
    String skipped = Files.readString(directory.resolve("plain.skipped.csv"));
    assertThat(rows(directory.resolve("images-damaged")))
        .hasSize(3)
        .allSatisfy(row -> assertThat(skipped).contains(row.<String>getAs("reason")));
  }

  @Test
  void writesAsManyFilesAsPartitionsAreAskedFor() throws IOException {
    Path output = directory.resolve("three");

    spark(0, "images", samples.toString(), "--output", output.toString(), "--partitions", "3");

    try (Stream<Path> files = Files.list(output)) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(3);
    }
    assertThat(rows(output)).extracting(row -> row.<Long>getAs("row")).isSorted().hasSize(5);
    spark(2, "images", samples.toString(), "--output", output + "4", "--partitions", "-3");
  }

  @Test
  void aFileThatAPatternNamesTwiceIsDrawnOnce() throws IOException {
    Path output = directory.resolve("once");

    spark(0, "images", samples + "/{trojan,trojan/_t32.exe}", "--output", output.toString());

    assertThat(rows(output)).hasSize(2);
  }

  /** Settings of Hadoop's that spark-submit passes on: here, where a file system is mounted. */
  @Test
  void executorsReachFileSystemsThatOnlyTheJobKnows() throws IOException {
    String mount = "spark.hadoop.fs.viewfs.mounttable.work.link./";
    System.setProperty(mount + "samples", samples.toUri().toString());
    System.setProperty(mount + "out", directory.toUri().toString());
    try {
      spark(
          0,
          "images",
          "viewfs://work/samples",
          "--output",
          "viewfs://work/out/i",
          "--class-names",
          names());
      spark(
          0,
          "convert",
          "--data",
          "viewfs://work/out/i",
          "--to",
          "csv",
          "--output",
          "viewfs://work/out/c");
      spark(0, "convert", "--data", "viewfs://work/out/c", "--output", "viewfs://work/out/p");
    } finally {
      System.clearProperty(mount + "samples");
      System.clearProperty(mount + "out");
    }
    assertThat(rows(directory.resolve("p"))).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aJobThatFailsLeavesNothingBehind() throws IOException {
    Path output = directory.resolve("failed");
    try (SparkRun run = SparkRun.open("test", "local[2]", new SparkProgressIT.Unseen())) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () ->
                  run.write(
                      output.toString(),
                      out -> {
                        run.session().range(10).write().parquet(out.table());
                        run.session().range(10).write().parquet(out.damaged());
                        throw new IllegalStateException("a task failed\nand so on");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("a task failed");
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("samples", "names.csv");
    }
  }

  @Test
  void scoresGoToTheFileSystemOfTheOutput() throws IOException {
    Path output = directory.resolve("scores");
    String data = Path.of("data/test.csv.gz").toAbsolutePath().toString();

    spark(
        0,
        "evaluate",
        "--model",
        "savedmodel/mobilenetv2-32",
        "--data",
        data,
        "--output",
        output.toUri().toString());

    try (Stream<Path> files = Files.list(output)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("evaluation.json", "confusion_matrix.csv");
    }
  }
}
