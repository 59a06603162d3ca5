package org.virusmnist.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.virusmnist.cli.console.CommonOptions;

/**
 * A file that a command is to write, refused as a wrong command line where it would replace what
 * the command reads. To be asked before anything is opened.
 *
 * @param common options of the command, which is named in the refusal
 * @param option the option that names the file
 * @param path the file; it need not exist
 */
public record OutputFile(CommonOptions common, String option, Path path) {
  /** Refuses a name that no reader of the command's output would take for a CSV. */
  public OutputFile requireCsv() {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.endsWith(".csv.gz")) {
      throw common.usage(
          "%s is %s, expected a name that ends in .csv or .csv.gz".formatted(option, path));
    }
    return this;
  }

  /**
   * Refuses a file that is one of the inputs, under whatever name, or a program in one of them.
   *
   * @param inputs files, and folders to search for programs; they need not exist
   * @throws IOException if the file is there and cannot be looked at
   */
  public void requireNoneOf(Collection<Path> inputs) throws IOException {
    for (Path input : inputs) {
      boolean isInput =
          Files.isDirectory(input)
              ? isIn(input) && startsAsProgram()
              : Files.exists(path) && Files.exists(input) && Files.isSameFile(path, input);
      if (isInput) {
        throw replaces(input);
      }
    }
  }

  /**
   * Refuses a file that lies in one of some folders already.
   *
   * @param folders folders whose files are read; they need not exist
   * @throws IOException if the file is there and cannot be looked at
   */
  public void requireNothingIn(Collection<Path> folders) throws IOException {
    for (Path folder : folders) {
      if (isIn(folder)) {
        throw replaces(folder);
      }
    }
  }

  private RuntimeException replaces(Path input) {
    return common.usage(
        Files.isDirectory(input)
            ? "%s is %s, a file of %s that is read, expected another file"
                .formatted(option, path, input)
            : "%s is %s, which is read, expected another file".formatted(option, path));
  }

  private boolean isIn(Path folder) throws IOException {
    return Files.isRegularFile(path)
        && Files.isDirectory(folder)
        && path.toRealPath().startsWith(folder.toRealPath());
  }

  private boolean startsAsProgram() throws IOException {
    try (InputStream bytes = Files.newInputStream(path)) {
      return bytes.read() == 'M' && bytes.read() == 'Z';
    }
  }
}
