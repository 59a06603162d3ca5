package org.virusmnist.cli.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.console.ExitCode;
import org.virusmnist.cli.console.ResumeRefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that a run was started with, as they were typed, kept in its {@code config.json}.
 *
 * <p>Resuming parses them again, so every option there is or will be is covered. Options typed now
 * must say the same, but for the few that decide nothing about the result.
 */
public final class RecordedArguments {
  static final String ARGUMENTS = "arguments";
  static final String WORKING_DIRECTORY = "working_directory";

  private static final Set<String> NOT_RECORDED = Set.of("--run", "--resume", "--help");
  private static final Set<String> FREE =
      Set.of(
          "--verbose",
          "--json",
          "--quiet",
          "--checkpoint-every",
          "--threads",
          "--calls-in-flight",
          "--keep-checkpoints",
          "--device",
          "--explain",
          "--gpu-memory-fraction",
          "--no-cache",
          "--storage",
          "--work-directory",
          "--trust-model",
          "--model-sha256");

  /** What only the person at the keyboard may say: a file that asks for trust gets none. */
  private static final Set<String> NEVER_FROM_A_FILE = Set.of("--trust-model");

  private final Map<String, List<String>> options;
  private final Path workingDirectory;

  private RecordedArguments(Map<String, List<String>> options, Path workingDirectory) {
    this.options = options;
    this.workingDirectory = workingDirectory;
  }

  /** Returns what was typed now, as far as it is recorded. */
  public static RecordedArguments typed(ParseResult parsed) {
    return allTyped(parsed).without(NOT_RECORDED.toArray(String[]::new));
  }

  /** Returns everything that was typed now, where to write included. */
  static RecordedArguments allTyped(ParseResult parsed) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      boolean isFlag = option.arity().max() == 0;
      options.put(option.longestName(), isFlag ? List.of() : option.originalStringValues());
    }
    return here(options);
  }

  /** Returns what is in a configuration. */
  static RecordedArguments recorded(Path file, Map<String, @Nullable Object> config)
      throws IOException {
    if (!(config.get(ARGUMENTS) instanceof Map<?, ?> arguments)
        || !(config.get(WORKING_DIRECTORY) instanceof String directory)) {
      throw new IOException(
          file
              + ": does not say what the run was started with, so it cannot be resumed. Start a"
              + " new run.");
    }
    Map<String, List<String>> options = new LinkedHashMap<>();
    arguments.forEach(
        (name, values) -> {
          List<String> strings = new ArrayList<>();
          ((List<?>) values).forEach(value -> strings.add(String.valueOf(value)));
          options.put(String.valueOf(name), strings);
        });
    options.keySet().removeAll(NEVER_FROM_A_FILE);
    return new RecordedArguments(options, Path.of(directory));
  }

  /** Returns options whose paths are relative to the working directory. */
  static RecordedArguments here(Map<String, List<String>> options) {
    return new RecordedArguments(options, Path.of("").toAbsolutePath());
  }

  /** Returns the names of all options, with their dashes. */
  public Set<String> names() {
    return options.keySet();
  }

  /** Returns these options, but for those that others say too. */
  RecordedArguments overriddenBy(RecordedArguments others) {
    Map<String, List<String>> all = new LinkedHashMap<>(options);
    all.putAll(others.options);
    return new RecordedArguments(all, others.workingDirectory);
  }

  /** Returns these options without some. */
  public RecordedArguments without(String... names) {
    Map<String, List<String>> rest = new LinkedHashMap<>(options);
    rest.keySet().removeAll(Set.of(names));
    return new RecordedArguments(rest, workingDirectory);
  }

  /** Returns these options with another value of one. */
  public RecordedArguments with(String name, String value) {
    Map<String, List<String>> all = new LinkedHashMap<>(options);
    all.put(name, List.of(value));
    return new RecordedArguments(all, workingDirectory);
  }

  /** Returns them as {@link ConfigFile} reads them: flags are true, numbers are numbers. */
  public Map<String, Object> toConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    options.forEach(
        (name, values) ->
            config.put(
                name.substring(2),
                values.isEmpty() ? true : number(values.get(values.size() - 1))));
    return config;
  }

  private static Object number(String value) {
    return value.matches("-?\\d{1,15}(\\.\\d{1,15})?") ? new BigDecimal(value) : value;
  }

  /** Returns the same files by paths that mean them from everywhere. */
  public RecordedArguments withAbsolutePaths(CommandSpec spec) {
    Map<String, List<String>> absolute = new LinkedHashMap<>();
    options.forEach(
        (name, values) -> {
          OptionSpec option = spec.findOption(name);
          boolean isPath = option != null && List.of(option.auxiliaryTypes()).contains(Path.class);
          absolute.put(
              name,
              isPath
                  ? values.stream().map(path -> workingDirectory.resolve(path).toString()).toList()
                  : values);
        });
    return new RecordedArguments(absolute, workingDirectory);
  }

  /** Adds them to a configuration. */
  public void addTo(Map<String, Object> config) {
    config.put(ARGUMENTS, options);
    config.put(WORKING_DIRECTORY, workingDirectory.toString());
  }

  /** Returns whether nothing was recorded. */
  public boolean isEmpty() {
    return options.isEmpty();
  }

  /**
   * Parses what was typed when the run was started into a fresh command, with the free options of
   * now.
   *
   * @param fresh a command of the same kind as the one that is typed now
   * @return {@code fresh}
   * @throws ResumeRefusedException if another option of now says something else
   */
  public <T> T parse(Path run, CommandLine now, T fresh) throws ResumeRefusedException {
    RecordedArguments typed = typed(now.getParseResult());
    Map<String, List<String>> all = new LinkedHashMap<>(options);
    typed.options.forEach(
        (name, values) -> {
          if (FREE.contains(name)) {
            all.put(name, values);
          }
        });
    CommandLine before = new RecordedArguments(all, workingDirectory).parseInto(fresh, now);
    requireSame(run, typed.options.keySet(), now, before);
    return fresh;
  }

  /**
   * Parses these options into a command.
   *
   * @param command a new command object
   * @param now the command that is running: messages go where its messages go
   */
  public CommandLine parseInto(Object command, CommandLine now) {
    CommandLine line =
        new CommandLine(command)
            .setOut(now.getOut())
            .setErr(now.getErr())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExpandAtFiles(false)
            .registerConverter(Path.class, this::resolve);
    CommandSpec parent = now.getCommandSpec().parent();
    if (parent != null) {
      line.getCommandSpec().parent(parent); // messages name the verb in full
    }
    line.parseArgs(toArguments(options));
    return line;
  }

  private Path resolve(String path) {
    boolean isHere = workingDirectory.equals(Path.of("").toAbsolutePath());
    return isHere ? Path.of(path) : workingDirectory.resolve(path);
  }

  private static String[] toArguments(Map<String, List<String>> options) {
    List<String> arguments = new ArrayList<>();
    options.forEach(
        (name, values) -> {
          if (values.isEmpty()) {
            arguments.add(name);
          }
          values.forEach(value -> arguments.add(name + "=" + value));
        });
    return arguments.toArray(String[]::new);
  }

  private static void requireSame(Path run, Set<String> names, CommandLine now, CommandLine before)
      throws ResumeRefusedException {
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Object is = value(now, name);
      Object was = value(before, name);
      if (!FREE.contains(name) && !Objects.deepEquals(is, was)) {
        differences.add("%s is %s, expected %s".formatted(name, is, was));
      }
    }
    if (!differences.isEmpty()) {
      throw new ResumeRefusedException(run, differences, ExitCode.USAGE);
    }
  }

  private static @Nullable Object value(CommandLine command, String option) {
    Object value = command.getCommandSpec().findOption(option).getValue();
    return value instanceof List<?> list
        ? list.stream().map(RecordedArguments::absolute).toList()
        : absolute(value);
  }

  private static @Nullable Object absolute(@Nullable Object value) {
    return value instanceof Path path ? path.toAbsolutePath().normalize() : value;
  }
}
