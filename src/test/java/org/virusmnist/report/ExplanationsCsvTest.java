package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationsCsvTest {
  @TempDir private Path directory;

  @Test
  void writesOneLineForEachByte() throws IOException {
    Path file = directory.resolve("explanations.csv");
    ExplanationsCsv.write(
        file,
        List.of(
            new ExplanationsCsv.Line(12, 3, 60, 128, "DOS e_lfanew [0]", -1.5, 0.25),
            new ExplanationsCsv.Line(12, 3, 900, 1, "", 0.5, 0)));

    assertThat(file)
        .hasContent(
            """
            row,class,offset,value,field,attribution,occlusion
            12,3,60,128,DOS e_lfanew [0],-1.5,0.25
            12,3,900,1,,0.5,0.0
            """);
  }
}
