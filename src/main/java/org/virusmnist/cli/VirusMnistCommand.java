package org.virusmnist.cli;

import java.util.Map;
import java.util.stream.Collectors;
import org.virusmnist.cli.benchmark.BenchmarkCommand;
import org.virusmnist.cli.console.BuildVersion;
import org.virusmnist.cli.explain.ExplainCommand;
import org.virusmnist.cli.images.ImagesCommand;
import org.virusmnist.cli.inspect.InspectCommand;
import org.virusmnist.cli.predict.EvaluateCommand;
import org.virusmnist.cli.predict.PredictCommand;
import org.virusmnist.cli.run.ReportCommand;
import org.virusmnist.cli.session.DeviceTrialCommand;
import org.virusmnist.cli.train.TrainCommand;
import org.virusmnist.cli.tune.TuneCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: names its verbs. */
@Command(
    name = "virus-mnist",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "Trains and uses a Keras MobileNetV2 SavedModel on Virus-MNIST images.",
    subcommands = {
      InspectCommand.class,
      TrainCommand.class,
      TuneCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExplainCommand.class,
      ImagesCommand.class,
      BenchmarkCommand.class,
      ReportCommand.class,
      DoctorCommand.class,
      DeviceTrialCommand.class,
      CompletionCommand.class,
      ManPageCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist train",
      "  scripts/virus-mnist evaluate --model runs/1 --data data/test.csv.gz",
      "",
      "On Apache Spark: scripts/virus-mnist spark --help",
      "",
      "Exit codes: 0 ok, 2 usage, 3 data, 4 model, 5 device, 6 input/output, 7 diverged,",
      "130 interrupted by Ctrl-C, 143 by SIGTERM."
    })
final class VirusMnistCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Explains that a verb is needed. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no verb given, expected one of "
            + spec.subcommands().entrySet().stream()
                .filter(verb -> !verb.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .filter(verb -> !verb.startsWith("generate-"))
                .collect(Collectors.joining(", ")));
  }
}
