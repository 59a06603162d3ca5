package org.virusmnist.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what lets a shell complete verbs, options and files. */
@Command(
    name = "generate-completion",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints a script that completes verbs, options and values in bash and zsh.",
    footer = {
      "",
      "Examples:",
      "  source <(scripts/virus-mnist generate-completion)",
      "  mkdir -p ~/.local/share/bash-completion/completions",
      "  scripts/virus-mnist generate-completion"
          + " > ~/.local/share/bash-completion/completions/virus-mnist"
    })
final class CompletionCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  /** Runs the command. */
  @Override
  public Integer call() {
    CommandLine root = common.mixee().root().commandLine();
    String script = AutoComplete.bash(root.getCommandName(), root);
    common.out().print(withLaunchersVerbs(withValuesAsTyped(script)));
    common.out().flush();
    return ExitCode.OK;
  }

  /** The launcher hands spark to another build, which these verbs do not know. */
  private static String withLaunchersVerbs(String script) {
    return script.replaceFirst("(local commands=\"[^\"]+)\"", "$1 spark\"");
  }

  /** Values are constants to picocli, and in lower case everywhere else. */
  private static String withValuesAsTyped(String script) {
    return Pattern.compile("_option_args=\\(.*?\\)")
        .matcher(script)
        .replaceAll(values -> values.group().toLowerCase(Locale.ROOT));
  }
}
