package org.virusmnist.spark;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * What Spark gave an executor: cores and, where the cluster schedules them, a GPU.
 *
 * <p>TensorFlow takes every core it sees, so that executors beside each other would fight; a call
 * gets the threads of its task's cores.
 */
final class ExecutorResources {
  private static final String GPU = "gpu";

  /** local, local[N], local[*], with or without a number of failures behind N. */
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,.*)?])?");

  private ExecutorResources() {}

  /** Returns the cores of this executor. */
  static int cores() {
    return cores(SparkEnv.get().conf(), Runtime.getRuntime().availableProcessors());
  }

  /** Returns how many tasks run at a time in this executor. */
  static int tasks() {
    return tasks(SparkEnv.get().conf());
  }

  /** Returns how many tasks run at a time in an executor of a job. */
  static int tasks(SparkConf conf) {
    int cores = cores(conf, Runtime.getRuntime().availableProcessors());
    return Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
  }

  /** Returns the cores of an executor, or of the machine where Spark does not say. */
  static int cores(SparkConf conf, int processors) {
    String master = conf.get("spark.master", "local[*]");
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return conf.getInt("spark.executor.cores", processors);
    }
    String threads = local.group(1);
    return threads == null ? 1 : threads.equals("*") ? processors : Integer.parseInt(threads);
  }

  /** Returns the address of the GPU that Spark gave this task's executor, or −1. */
  static int gpu() {
    TaskContext context = TaskContext.get();
    return context == null ? -1 : gpu(context.resourcesJMap());
  }

  static int gpu(Map<String, ResourceInformation> resources) {
    ResourceInformation gpu = resources.get(GPU);
    return gpu == null || gpu.addresses().length == 0 ? -1 : Integer.parseInt(gpu.addresses()[0]);
  }
}
