package org.virusmnist.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.virusmnist.report.ConfigJson;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Options in a JSON file, by their names on the command line: {@code {"epochs": 20, "no-shuffle":
 * true}}. A run's {@code config.json} will do as well: it says what the run was started with.
 *
 * <p>An option that is typed too is taken as typed. Paths are relative to the working directory, as
 * on the command line; those in a run's {@code config.json} to where that run was started.
 */
public final class ConfigFile {
  /** The option that names such a file. */
  public static final String OPTION = "--config";

  /** What says where to write, or whom to trust, is for the person at the keyboard. */
  private static final Set<String> TYPED_ONLY =
      Set.of(OPTION, "--run", "--resume", "--help", "--version", "--trust-model");

  private final Path file;
  private final CommandLine now;
  private final RecordedArguments options;

  private ConfigFile(Path file, CommandLine now, RecordedArguments options) {
    this.file = file;
    this.now = now;
    this.options = options;
  }

  /**
   * Reads a file.
   *
   * @param now the command that was typed, whose options the file may have
   * @throws IOException if it cannot be read or is no JSON
   * @throws ParameterException naming file and key of what is no option
   */
  public static ConfigFile read(Path file, CommandLine now) throws IOException {
    Map<String, @Nullable Object> json = ConfigJson.read(file);
    CommandSpec spec = now.getCommandSpec();
    if (json.containsKey(RecordedArguments.ARGUMENTS)) {
      RecordedArguments run = RecordedArguments.recorded(file, json);
      run.names().forEach(name -> option(file, name, now));
      return new ConfigFile(file, now, run.withAbsolutePaths(spec));
    }
    Map<String, List<String>> options = new LinkedHashMap<>();
    json.forEach((key, value) -> add(file, key, value, now, options));
    return new ConfigFile(file, now, RecordedArguments.here(options));
  }

  private static void add(
      Path file,
      String key,
      @Nullable Object value,
      CommandLine now,
      Map<String, List<String>> options) {
    OptionSpec option = option(file, key, now);
    if (value == null || value instanceof List || value instanceof Map) {
      throw wrong(file, now, "'%s' is %s, expected one value".formatted(key, value));
    }
    if (option.arity().max() > 0) {
      options.put(option.longestName(), List.of(value.toString()));
    } else if (Boolean.TRUE.equals(value)) {
      options.put(option.longestName(), List.of());
    } else if (!Boolean.FALSE.equals(value)) {
      throw wrong(file, now, "'%s' is %s, expected true or false".formatted(key, value));
    }
  }

  private static OptionSpec option(Path file, String key, CommandLine now) {
    String name = "--" + key.replaceFirst("^-+", "").replace('_', '-');
    OptionSpec option = now.getCommandSpec().findOption(name);
    if (option == null) {
      throw wrong(file, now, "'%s' is no option of %s".formatted(key, now.getCommandSpec().name()));
    }
    if (TYPED_ONLY.contains(option.longestName())) {
      throw wrong(file, now, "'%s' belongs on the command line".formatted(key));
    }
    return option;
  }

  private static ParameterException wrong(Path file, CommandLine now, String problem) {
    return new ParameterException(now, file + ": " + problem);
  }

  /**
   * Parses file and command line together into a fresh command.
   *
   * @param fresh a command of the same kind
   * @param check throws {@link ParameterException} naming a value that is out of range
   * @return {@code fresh}
   * @throws ParameterException with the file's name, if a value is not valid
   */
  public <T> T parse(T fresh, Check<T> check) throws IOException {
    RecordedArguments typed = RecordedArguments.allTyped(now.getParseResult()).without(OPTION);
    try {
      options.overriddenBy(typed).parseInto(fresh, now);
    } catch (ParameterException e) {
      throw wrong(file, now, String.valueOf(e.getMessage()));
    }
    try {
      check.check(fresh);
    } catch (ParameterException e) {
      throw typed.without("--run", "--resume").isEmpty()
          ? wrong(file, now, String.valueOf(e.getMessage()))
          : new ParameterException(now, e.getMessage() + ", with the options of " + file);
    }
    return fresh;
  }

  /** Looks at the values of a command. */
  @FunctionalInterface
  public interface Check<T> {
    void check(T command) throws IOException;
  }
}
