package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs and side tables are there whole, or not at all. */
class JobOutputTest {
  @TempDir Path directory;

  private Path output() {
    return directory.resolve("out");
  }

  private JobOutput create() throws IOException {
    return JobOutput.create(output().toString(), new Configuration());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void write(String table) throws IOException {
    Path path = Path.of(java.net.URI.create(table).getPath());
    Files.writeString(Files.createDirectories(path).resolve("part-0"), "rows");
  }

  @Test
  void isThereOnceCommittedAndWorkIsGone() throws IOException {
    try (JobOutput output = create()) {
      write(output.table());
      write(output.damaged());
      write(output.work("listing"));
      assertThat(names()).singleElement().matches(JobOutput::isUnfinished);
      output.commit();
    }

    assertThat(names()).containsExactly("out", "out-damaged");
    assertThat(output().resolve("part-0")).hasContent("rows");
  }

  @Test
  void leavesNothingUncommittedSoThatTheNextTryCanWrite() throws IOException {
    try (JobOutput output = create()) {
      write(output.table());
    }
    assertThat(names()).isEmpty();
    try (JobOutput output = create()) {
      write(output.table());
      output.commit();
    }
    assertThat(names()).containsExactly("out");
  }

  @Test
  void whatAKilledProcessLeftIsNotInTheWay() throws IOException {
    JobOutput killed = create();
    write(killed.table());
    try (JobOutput output = create()) {
      write(output.table());
      output.commit();
    }
    assertThat(names()).hasSize(2).contains("out").anyMatch(JobOutput::isUnfinished);
    killed.close();
  }

  @Test
  void refusesANameThatIsTaken() throws IOException {
    Files.createDirectory(directory.resolve("out-damaged"));

    assertThatThrownBy(this::create)
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(
            output() + "-damaged: exists already and is not overwritten. Name another path.");
  }

  @Test
  void refusesANameThatWasTakenMeanwhile() throws IOException {
    try (JobOutput output = create()) {
      write(output.table());
      Files.createDirectory(output());
      assertThatThrownBy(output::commit).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(names()).containsExactly("out");
    assertThat(output()).isEmptyDirectory();
  }

  @Test
  void takesTheSideTableBackWhereTheOutputCannotBeRenamed() throws IOException {
    try (JobOutput output = create()) {
      write(output.damaged()); // and no table
      assertThatThrownBy(output::commit).isInstanceOf(IOException.class);
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void addsFilesOfThisMachine() throws IOException {
    Path file = Files.writeString(directory.resolve("scores.json"), "{}");
    try (JobOutput output = create()) {
      output.add(file);
      output.commit();
    }
    try (Stream<Path> files = Files.list(output())) {
      assertThat(files).containsExactly(output().resolve("scores.json"));
    }
  }
}
