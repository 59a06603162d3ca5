package org.virusmnist.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.StepResults;
import org.virusmnist.report.tensorboard.Records;
import org.virusmnist.training.StepChunk;
import org.virusmnist.training.TrainingListener.Progress;
import org.virusmnist.training.TrainingState;

/** Steps and epochs end up in the files once each, resumed or not. */
class TensorBoardEventsTest {
  private static final StepChunk CHUNK =
      new StepChunk(0, new int[] {0, 1, 2, -1}, new float[] {0.5f, 0.25f});
  private static final StepResults RESULTS = new StepResults(new float[] {2, 1}, new int[] {1, 1});

  @TempDir private Path directory;

  @Test
  void writesStepsAndEpochsUnderKerassNames() throws IOException {
    try (TensorBoardEvents events = new TensorBoardEvents(directory, () -> 0)) {
      events.start();
      events.onCallEnd(CHUNK, RESULTS);
      events.onEpochEnd(new Epoch(0, 1.5, 0.5, 3, 0.25), new Progress(0, 1, 3, 3, 1.5, 0.5, 1));
    }

    assertThat(values("train"))
        .containsExactly(
            "0 batch_loss 2.0",
            "0 batch_accuracy 0.5",
            "0 learning_rate 0.5",
            "1 batch_loss 1.0",
            "1 batch_accuracy 1.0",
            "1 learning_rate 0.25",
            "0 epoch_loss 1.5",
            "0 epoch_accuracy 0.5",
            "0 images_per_second 3.0");
    assertThat(values("validation")).containsExactly("0 epoch_loss 3.0", "0 epoch_accuracy 0.25");
  }

  @Test
  void repeatsNothingWhenResumed() throws IOException {
    Map<String, String> saved;
    try (TensorBoardEvents events = new TensorBoardEvents(directory, () -> 0)) {
      events.start();
      events.onCallEnd(CHUNK, RESULTS);
      events.onSafePoint(TrainingState.start());
      saved = events.save();
      events.onCallEnd(CHUNK, RESULTS);
    }
    try (TensorBoardEvents events = new TensorBoardEvents(directory, () -> 0)) {
      events.restore(saved);
      events.start();
      events.onCallEnd(CHUNK, RESULTS);
    }

    assertThat(values("train").stream().filter(value -> value.contains("batch_loss")))
        .containsExactly(
            "0 batch_loss 2.0", "1 batch_loss 1.0", "2 batch_loss 2.0", "3 batch_loss 1.0");
  }

  @Test
  void startsOverWithoutACheckpoint() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (TensorBoardEvents events = new TensorBoardEvents(directory, () -> 0)) {
        events.restore(Map.of());
        events.start();
        events.onCallEnd(CHUNK, RESULTS);
      }
    }

    assertThat(values("train")).hasSize(6);
  }

  @Test
  void keepsFewerStepsOfLongTrainings() {
    assertThat(LongStream.range(0, 20_000).allMatch(TensorBoardEvents::isKept)).isTrue();
    assertThat(LongStream.range(20_000, 40_000).filter(TensorBoardEvents::isKept)).hasSize(10_000);
    assertThat(LongStream.range(0, 10_000_000).filter(TensorBoardEvents::isKept))
        .hasSizeLessThan(120_000);
  }

  private List<String> values(String run) throws IOException {
    List<String> values = new ArrayList<>();
    for (Event event : Records.read(directory.resolve(run))) {
      event
          .getSummary()
          .getValueList()
          .forEach(v -> values.add(event.getStep() + " " + v.getTag() + " " + v.getSimpleValue()));
    }
    return values;
  }
}
