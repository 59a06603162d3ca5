package org.virusmnist.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.util.DoubleComparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.cli.SampleCsv;
import org.virusmnist.cli.input.DataFiles;
import org.virusmnist.cli.input.TrainingStorage;
import org.virusmnist.cli.session.FeatureSource;
import org.virusmnist.cli.session.InferenceRunner;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.WeightAccess;
import org.virusmnist.model.Weights;
import org.virusmnist.training.TrainingListener;
import org.virusmnist.training.TrainingState;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Whatever options are on, training goes on from any safe point to the same weights. */
@Tag("native")
class TrainingIT {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  @TempDir private Path directory;
  private Path csv;

  @BeforeEach
  void writeData() throws IOException {
    csv = SampleCsv.write(directory.resolve("data.csv"), 60);
  }

  /** What was written down at a safe point. */
  private record Moment(TrainingState state, Path files, Map<String, Map<String, String>> parts) {}

  /** A training's last state and weights. */
  private record End(TrainingState state, Weights weights) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--epochs 2 --fine-tune-epochs 2",
        "--epochs 1 --fine-tune-epochs 2 --base-learning-rate 1e-5 --fine-tune-blocks 2",
        "--epochs 2 --no-feature-cache --augment-shift 9 --augment-noise 0.2 --augment-cutout 40",
        "--epochs 1 --fine-tune-epochs 2 --mixup 0.4",
        "--epochs 6 --early-stopping 1 --learning-rate 0.1 --fine-tune-epochs 2",
        "--epochs 4 --schedule plateau --plateau-patience 1 --learning-rate 0.1 --monitor loss",
        "--epochs 4 --average-epochs 3 --dropout 0.2",
        "--epochs 2 --fine-tune-epochs 2 --average-epochs 2 --no-feature-cache",
      })
  void goesOnFromEverySafePointToTheSameWeights(String options) throws IOException {
    List<Moment> moments = new ArrayList<>();
    End whole = train(options, null, moments);
    assertThat(moments).hasSizeGreaterThan(3);

    for (Moment moment : moments) {
      End resumed = train(options, moment, new ArrayList<>());
      assertThat(resumed.state().history()).isEqualTo(whole.state().history());
      assertThat(resumed.weights()).as("from %s", moment.state()).isEqualTo(whole.weights());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs 2 --fine-tune-epochs 1, 56K",
    "--epochs 1 --fine-tune-epochs 1 --base-learning-rate 0.01 --fine-tune-blocks 1, 56K",
    "--epochs 2 --no-feature-cache, 56K",
    "--epochs 3 --dropout 0.2, 1K"
  })
  void trainsOnResidentRowsToTheSameWeightsHoweverFewFit(String options, String memory)
      throws IOException {
    End fed = train(options + " --resident off", null, new ArrayList<>());
    End resident = train(options + " --resident on", null, new ArrayList<>());
    assertThat(resident.weights()).isEqualTo(fed.weights());
    // Validation on images that are fed has the base's weights as constants, which rounds
    // otherwise.
    assertThat(resident.state().history())
        .usingRecursiveComparison()
        .withComparatorForType(new DoubleComparator(1e-5), Double.class)
        .isEqualTo(fed.state().history());

    String few = " --resident on --resident-memory " + memory;
    assertThat(train(options + few, null, new ArrayList<>()).weights()).isEqualTo(fed.weights());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--epochs 3 --dropout 0.2",
        "--epochs 2 --resident on",
        "--epochs 2 --fine-tune-epochs 1",
        "--epochs 2 --no-feature-cache"
      })
  void trainsOnRowsOnDiskToTheSameWeights(String options) throws IOException {
    End inMemory = train(options + " --storage memory", null, new ArrayList<>());
    String work = " --storage disk --work-directory " + directory.resolve("work");
    End onDisk = train(options + work, null, new ArrayList<>());

    assertThat(onDisk.weights()).isEqualTo(inMemory.weights());
    assertThat(onDisk.state().history())
        .usingRecursiveComparison()
        .withComparatorForType(new DoubleComparator(1e-5), Double.class)
        .isEqualTo(inMemory.state().history());
    assertThat(directory.resolve("work")).isEmptyDirectory();
  }

  @Test
  void trainsOnOtherBytesWhereTheyAreChanged() throws IOException {
    String options = "--epochs 2 --no-feature-cache";
    End plain = train(options, null, new ArrayList<>());
    End shifted = train(options + " --augment-shift 9", null, new ArrayList<>());

    assertThat(shifted.weights()).isNotEqualTo(plain.weights());
  }

  @Test
  void refusesMemoryThatHoldsNoStep() {
    assertThatThrownBy(() -> train("--resident on --resident-memory 100", null, new ArrayList<>()))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--resident-memory holds 2 rows, expected at least the 16 of a step");
  }

  private End train(String options, @Nullable Moment from, List<Moment> moments)
      throws IOException {
    TrainCommand command = new TrainCommand();
    CommandLine line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    line.setErr(new PrintWriter(new StringWriter()));
    line.parseArgs(
        ("--model %s --train %s --test %s --batch-size 16 --no-cache --quiet " + options)
            .formatted(TINY, csv, csv)
            .split(" "));
    List<End> end = new ArrayList<>();
    command.common().logged(log -> end.add(train(command, from, moments)));
    return end.get(0);
  }

  private End train(TrainCommand command, @Nullable Moment from, List<Moment> moments)
      throws IOException {
    DataFiles files = command.data().files();
    try (ClassifierModel model =
            ClassifierModel.open(
                SavedModelFile.read(TINY), SessionSettings.on(SessionSettings.Device.AUTO));
        TrainingStorage storage = command.storage().open(files.sets(), command.cache(), false)) {
      InferenceRunner inference = new InferenceRunner(command.modelOptions(), command.common());
      Training training =
          new Training(
              command,
              model,
              command.data().read(files, 10, 42, storage),
              command.trainingOptions(),
              new Training.Means(
                  inference, storage, () -> new FeatureSource(model, inference, null)));
      TrainCheckpoints.Parts parts = training.parts();
      TrainingState start = TrainingState.start();
      model.initialize(42);
      if (from != null) {
        parts.restore(from.files(), from.parts());
        start = from.state();
      }
      Training.Trained trained = training.run(start, recorder(parts, moments), hasFeatures -> {});
      trained.rows().close();
      return new End(trained.state(), new WeightAccess(model).read());
    }
  }

  private TrainingListener recorder(TrainCheckpoints.Parts parts, List<Moment> moments) {
    return new TrainingListener() {
      @Override
      public void onSafePoint(TrainingState state) throws IOException {
        Path place = Files.createTempDirectory(directory, "moment");
        parts.saveTo(place);
        moments.add(new Moment(state, place, parts.save()));
      }
    };
  }
}
