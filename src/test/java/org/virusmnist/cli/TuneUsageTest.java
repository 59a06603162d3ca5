package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.cli.train.TrainCommand;
import org.virusmnist.cli.tune.TuneCommand;
import org.virusmnist.cli.tune.TunePlan;
import org.virusmnist.tuning.Trial;
import picocli.CommandLine;

/** What a search refuses before anything is read; no native code is loaded. */
class TuneUsageTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--search drop=0,1|--search: 'drop' is no option of train that a trial may change, expected"
            + " one as learning-rate",
        "--search train=a,b|--search: 'train' is no option of train that a trial may change, expected"
            + " one as learning-rate",
        "--search preset=fast,notebook|--search: 'preset' is no option of train that a trial may"
            + " change, expected one as learning-rate",
        "--search folds=2,3|--search: 'folds' is no option of train that a trial may change, expected"
            + " one as learning-rate",
        "--search dropout=0.5..0.1|--search: dropout: from 0.5 to 0.1, expected a smaller number and"
            + " a larger",
        "--search dropout=0,1.5|trial {dropout=1.5}: dropout is 1.5, expected at least 0 and less"
            + " than 1",
        "--search epochs=1,x|trial {epochs=x}: Invalid value for option '--epochs': 'x' is not an"
            + " int",
        "--search dropout=0,0.1 --dropout 0.2|--search: --dropout is given and searched over,"
            + " expected one of them",
        "--search epochs=1,2 --strategy halving|--search: epochs are what --strategy halving shares"
            + " out",
        "--folds 3 --validation v.csv|--folds and --validation are given, expected one of them: folds"
            + " validate on rows of --train",
        "--search dropout=0.1..0.10001 --trials 20|--search: different settings are 1, expected 20:"
            + " values have 4 digits. Take wider ranges or fewer trials",
        "--search plateau-patience=1,2|trial {plateau-patience=2}: --plateau-patience or"
            + " --plateau-factor is given, expected --schedule plateau with it: no other schedule"
            + " looks for one",
        "--search fine-tune-learning-rate=1e-5..1e-3 --trials 1|trial"
            + " {fine-tune-learning-rate=0.0002852}: --fine-tune-learning-rate is given, expected"
            + " --fine-tune-epochs with it: the base is not trained without",
        "--trials 0|--trials is 0, expected 1 or more",
        "--epochs 0|epochs is 0, expected 1 or more",
        "--strategy best|Invalid value for option '--strategy': expected one of [RANDOM, HALVING]"
            + " (case-insensitive) but was 'best'",
        "--test x|Unknown options: '--test', 'x'",
        "--resume a --run b|--run and --resume are given, expected one of them",
      })
  void refusesASearchThatCannotBe(String options, String message) {
    Cli cli = Cli.run((Object[]) ("tune " + options).split(" "));

    assertThat(cli.err())
        .isEqualTo("virus-mnist: " + message + " (try 'virus-mnist tune --help')\n");
    assertThat(cli.out()).isEmpty();
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--monitor val_accuracy --search early-stopping=2,3",
        "--fine-tune-blocks 2 --augment-shift 3 --search fine-tune-epochs=1,2",
        "--plateau-patience 1 --search schedule=plateau",
      })
  void takesOptionsThatActInEveryTrial(String options) throws IOException {
    TuneCommand command = new TuneCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.split(" "));
    assertThat(command.plan().search().trials()).isNotEmpty();
  }

  @Test
  void handsOptionsOfTrainOnToEveryTrial() throws IOException {
    TuneCommand command = new TuneCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(
            "--preset fast --strategy halving --trials 9 --seed 5 --search dropout=0.1..0.4 --no-shuffle"
                .split(" "));
    TunePlan plan = command.plan();
    Trial trial = plan.search().trials().get(0);
    TrainCommand train = plan.command(trial, plan.search().rungs().get(0).epochs());

    assertThat(plan.search().rungs()).extracting("epochs").containsExactly(2, 6, 20);
    assertThat(train.trainingOptions().epochs()).isEqualTo(2);
    assertThat(train.trainingOptions().batchSize()).isEqualTo(64);
    assertThat(train.trainingOptions().seed()).isEqualTo(5);
    assertThat(train.trainingOptions().shuffle()).isFalse();
    assertThat(train.recipe().regularization(new int[0], 1).dropout())
        .isEqualTo(Float.parseFloat(trial.options().get("dropout")));
  }

  @Test
  void takesFixedOptionsFromAFile() throws IOException {
    Path config = Files.writeString(directory.resolve("c.json"), "{\"epochs\": 0}");
    Cli cli = Cli.run("tune", "--config", config);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: %s: epochs is 0, expected 1 or more (try 'virus-mnist tune --help')\n"
                .formatted(config));
    assertThat(cli.exitCode()).isEqualTo(2);
  }
}
