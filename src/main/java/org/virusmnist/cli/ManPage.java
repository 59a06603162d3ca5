package org.virusmnist.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help of all verbs as one page in the man macros, man(7). */
final class ManPage {
  private final CommandSpec root;
  private final String version;
  private final StringBuilder page = new StringBuilder();

  ManPage(CommandSpec root, String version) {
    this.root = root;
    this.version = version;
  }

  String text() {
    String name = root.name();
    line(".TH %s 1 \"\" \"%s %s\"".formatted(name.toUpperCase(Locale.ROOT), name, version));
    line(".SH NAME");
    line(escape(name) + " \\- " + escape(root.usageMessage().description()[0]));
    line(".SH SYNOPSIS");
    line(".B " + escape(name));
    line(".I VERB");
    line("[\\fIOPTION\\fR]... [\\fIFILE\\fR]...");
    line(".SH VERBS");
    for (CommandLine verb : root.subcommands().values()) {
      if (!verb.getCommandSpec().usageMessage().hidden()) {
        addVerb(verb.getCommandSpec());
      }
    }
    line(".SH NOTES");
    addFooter(root);
    return page.toString();
  }

  private void addVerb(CommandSpec verb) {
    line(".SS " + escape(verb.name()));
    for (String paragraph : verb.usageMessage().description()) {
      line(escape(paragraph));
      line(".PP");
    }
    for (PositionalParamSpec parameter : verb.positionalParameters()) {
      addArgument("\\fI" + escape(parameter.paramLabel()) + "\\fR", parameter);
    }
    for (OptionSpec option : verb.options()) {
      addArgument(names(option), option);
    }
    addFooter(verb);
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=\\fI" + escape(option.paramLabel()) + "\\fR";
    return Arrays.stream(option.names())
        .map(name -> "\\fB" + escape(name) + "\\fR" + (name.startsWith("--") ? value : ""))
        .collect(Collectors.joining(", "));
  }

  private void addArgument(String title, ArgSpec argument) {
    line(".TP");
    line(title);
    line(escape(String.join(" ", argument.description())));
  }

  /** Lines that are indented are examples, and stay as they are. */
  private void addFooter(CommandSpec command) {
    List<String> lines = List.of(command.usageMessage().footer());
    for (String text : lines) {
      if (text.isEmpty()) {
        line(".PP");
      } else if (text.startsWith("  ")) {
        line(".EX");
        line(escape(text));
        line(".EE");
      } else {
        line(escape(text));
      }
    }
  }

  private static String escape(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
