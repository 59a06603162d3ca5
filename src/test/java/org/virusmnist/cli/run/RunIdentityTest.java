package org.virusmnist.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunIdentityTest {
  @Test
  void leavesOutWhereFilesAreAndWhatFollowsFromThem() {
    Map<String, Object> train =
        Map.of("file", "a.csv", "sha256", "ab", "rows", 3, "class_counts", List.of(1, 2));

    assertThat(RunIdentity.of(Map.of("data", Map.of("train", train))))
        .containsEntry("data.train.sha256", "ab")
        .containsEntry("data.train.rows", "3")
        .doesNotContainKeys("data.train.file", "data.train.class_counts");
  }
}
