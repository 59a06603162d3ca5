package org.virusmnist.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every class has one name of its own, or the file is refused with file and line. */
final class ClassNamesTest {
  @TempDir private Path directory;

  @Test
  void readsNamesInAnyOrder() throws IOException {
    ClassNames names =
        ClassNames.read(file("label,name\r\n1,\"two, words\"\r\n0,efi_image\r\n"), 2);
    assertThat(names.size()).isEqualTo(2);
    assertThat(names.name(0)).isEqualTo("efi_image");
    assertThat(names.name(1)).isEqualTo("two, words");
  }

  @Test
  void writesWhatItReads() throws IOException {
    Path file = directory.resolve("new/classes.csv");
    ClassNames.of(List.of("two, words", "b", "c")).write(file);

    assertThat(Files.readString(file)).isEqualTo("label,name\n0,\"two, words\"\n1,b\n2,c\n");
    assertThat(ClassNames.read(file).toList()).containsExactly("two, words", "b", "c");
  }

  @Test
  void takesAsManyClassesAsThereAreRows() throws IOException {
    assertThat(ClassNames.read(file("label,name\n1,b\n0,a\n\n")).size()).isEqualTo(2);
    Path gap = file("label,name\n1,b\n2,a\n");
    assertThatThrownBy(() -> ClassNames.read(gap))
        .hasMessage(gap + ":3: label is '2', expected an integer from 0 to 1");
    Path none = file("label,name\n");
    assertThatThrownBy(() -> ClassNames.read(none)).isInstanceOf(DatasetFormatException.class);
  }

  @Test
  void numbersClassesWithoutNames() {
    ClassNames names = ClassNames.numbered(3);
    assertThat(names.size()).isEqualTo(3);
    assertThat(names.name(2)).isEqualTo("2");
    assertThatThrownBy(() -> names.name(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ClassNames.numbered(0)).hasMessage("classCount (0) must be positive");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name,label                        | :1: has no header 'label,name'. Make that the first line.
          label,name;0                      | :2: row has 1 columns, expected label and name.
          label,name;0,a,b                  | :2: row has 3 columns, expected label and name.
          label,name;0,a;2,b                | :3: label is '2', expected an integer from 0 to 1
          label,name;0,a;-1,b               | :3: label is '-1', expected an integer from 0 to 1
          label,name;0,a;0,b                | :3: label 0 appears twice, expected each class once.
          label,name;0,a;1,a                | :3: name 'a' appears twice, expected different names.
          label,name;0,a;1,                 | :3: name is '', expected printable text
          label,name;0,\u0007;1,b           | :2: name is '\\u0007', expected printable text
          label,name;0,a                    | : has no name for label 1, expected one for each of 2 classes.
          label,name;0,"a                   | :2: row has a quote that is never closed. Remove the quote or close it.
          """)
  void refusesAFileThatDoesNotNameEveryClass(String lines, String message) throws IOException {
    Path file = file(lines.replace(';', '\n'));
    assertThatThrownBy(() -> ClassNames.read(file, 2))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(file + message);
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path file = file("");
    assertThatThrownBy(() -> ClassNames.read(file, 2))
        .hasMessage(file + ":1: has no header 'label,name'. Make that the first line.");
  }

  @Test
  void saysThatAFileIsMissing() {
    Path file = directory.resolve("missing.csv");
    assertThatThrownBy(() -> ClassNames.read(file, 2))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": no such file. Check the path.");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("classes.csv"), content);
  }
}
