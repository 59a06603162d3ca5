package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationsCsvTest {
  @TempDir private Path directory;

  @Test
  void writesOneLineForEachByte() throws IOException {
    Path file = directory.resolve("explanations.csv");
    ExplanationsCsv.write(file, ExplanationExample.explanations().rows());

    assertThat(file)
        .hasContent(
            """
            row,class,offset,value,field,attribution,occlusion
            2,0,1,90,DOS e_magic [1],-1.5,0.25
            2,0,3,60,e_lfanew,0.5,-0.125
            """);
  }
}
