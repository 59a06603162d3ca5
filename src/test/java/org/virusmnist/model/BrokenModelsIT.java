package org.virusmnist.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken models end in a message and never in an abort of the process. */
@Tag("native")
class BrokenModelsIT {
  @TempDir private Path directory;

  @Test
  void areRefusedByNativeCodeWithoutEndingTheProcess() throws Exception {
    List<String> verdicts = verdicts(12);

    assertThat(verdicts).hasSize(10 + 9 + 12);
    assertThat(verdicts.get(0)).isEqualTo("nothing: loaded");
    assertThat(verdicts.subList(1, 19))
        .allSatisfy(line -> assertThat(line).contains(": refused, "));
    assertThat(verdicts.subList(19, 31)).allSatisfy(line -> assertThat(line).contains(": "));
  }

  private List<String> verdicts(int bitFlips) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BrokenModels.class.getName(),
                directory.toString(),
                Integer.toString(bitFlips))
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    assertThat(process.waitFor()).as("exit code after %s", Files.readString(out, UTF_8)).isZero();
    return Files.readAllLines(out, UTF_8);
  }
}
