package org.virusmnist.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up the tasks of the stages under way; called by one thread of Spark's. */
final class TaskListener extends SparkListener {
  private final TaskProgress progress;
  private final Map<Integer, Stage> underWay = new HashMap<>();

  private record Stage(int done, int total) {}

  TaskListener(TaskProgress progress) {
    this.progress = progress;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    if (underWay.isEmpty()) {
      progress.started();
    }
    int tasks = submitted.stageInfo().numTasks();
    underWay.put(submitted.stageInfo().stageId(), new Stage(0, tasks));
    tell();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    if (ended.taskInfo().successful()) {
      // A task that ran twice may have succeeded twice.
      underWay.computeIfPresent(
          ended.stageId(),
          (id, stage) -> new Stage(Math.min(stage.done() + 1, stage.total()), stage.total()));
      tell();
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    underWay.remove(completed.stageInfo().stageId());
  }

  private void tell() {
    progress.advanced(
        underWay.values().stream().mapToInt(Stage::done).sum(),
        underWay.values().stream().mapToInt(Stage::total).sum());
  }
}
