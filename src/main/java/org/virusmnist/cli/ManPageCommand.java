package org.virusmnist.cli;

import java.util.concurrent.Callable;
import org.virusmnist.cli.console.BuildVersion;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the manual. */
@Command(
    name = "generate-man-page",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints the manual page, all verbs in one, in the format of man.",
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist generate-man-page | man -l -",
      "  mkdir -p ~/.local/share/man/man1",
      "  scripts/virus-mnist generate-man-page > ~/.local/share/man/man1/virus-mnist.1"
    })
final class ManPageCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  /** Runs the command. */
  @Override
  public Integer call() {
    String version = new BuildVersion().version();
    common.out().print(new ManPage(common.mixee().root(), version).text());
    common.out().flush();
    return ExitCode.OK;
  }
}
