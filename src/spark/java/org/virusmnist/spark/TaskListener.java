package org.virusmnist.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;

/** Passes on what Spark says of the stage that began last; all by one thread of Spark's. */
final class TaskListener extends SparkListener {
  private final TaskProgress progress;
  private int stage = -1;
  private int done;
  private int total;

  TaskListener(TaskProgress progress) {
    this.progress = progress;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    StageInfo info = submitted.stageInfo();
    stage = info.stageId();
    done = 0;
    total = info.numTasks();
    progress.advanced(stage, done, total);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    if (ended.stageId() == stage && ended.taskInfo().successful()) {
      done++;
      progress.advanced(stage, Math.min(done, total), total);
    }
  }
}
