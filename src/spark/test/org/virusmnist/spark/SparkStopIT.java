package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.cli.SparkMain;

/** SIGTERM ends a job in a process of its own, and nothing of its output is left. */
class SparkStopIT {
  @TempDir Path directory;

  @Test
  void aSignalLeavesNothingBehind() throws Exception {
    Path outputs = Files.createDirectory(directory.resolve("outputs"));
    Process job = start(outputs.resolve("rows"));
    try {
      while (!hasWritten(outputs)) {
        assertThat(job.waitFor(50, TimeUnit.MILLISECONDS)).as("ended early").isFalse();
      }
      job.destroy();
      assertThat(job.waitFor()).isEqualTo(143);
    } finally {
      job.destroyForcibly();
    }
    try (Stream<Path> left = Files.list(outputs)) {
      assertThat(left).isEmpty();
    }
  }

  /** Starts a job of so many tasks that it will not end by itself soon. */
  private Process start(Path output) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-javaagent"))
        .forEach(words::add);
    String classes = System.getProperty("java.class.path");
    words.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", classes)));
    words.addAll(List.of(SparkMain.class.getName(), "predict", "--model"));
    words.addAll(List.of("savedmodel/mobilenetv2-32", "--data", "data/test.csv.gz"));
    words.addAll(List.of("--master", "local[1]", "--partitions", "1795", "--output"));
    words.add(output.toString());
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  /** Whether a task has written its rows. */
  private static boolean hasWritten(Path outputs) throws IOException {
    boolean[] found = {false};
    Files.walkFileTree(
        outputs,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found[0] |= file.toString().endsWith(".parquet");
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) { // renamed meanwhile
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found[0];
  }
}
