package org.virusmnist.device;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which GPUs a request means, or why it cannot be had.
 *
 * @param gpus their numbers among those that CUDA sees
 * @param obstacle what is wrong with the request, or null
 */
record GpuChoice(List<Integer> gpus, @Nullable Obstacle obstacle) {

  /**
   * Looks at the list of GPUs, which takes a second to get, unless the first is asked for and
   * nothing speaks against it.
   */
  static GpuChoice of(DeviceRequest request, Driver driver, Machine machine) {
    KernelGpus kernel = KernelGpus.of(machine);
    boolean isFirst = request.gpus().equals(List.of(0));
    boolean isInDoubt =
        driver.isTooOldForHopper()
            || kernel.areOfSeveralModels()
            || VisibleGpus.mayNameNone(machine.environment(), kernel.count());
    if (isFirst && !isInDoubt) {
      return new GpuChoice(request.gpus(), null);
    }
    NvidiaSmi smi = NvidiaSmi.ask(machine);
    if (smi.gpus().isEmpty()) {
      return request.gpus().isEmpty()
          ? refused(notListed(smi))
          : new GpuChoice(request.gpus(), null); // TensorFlow will tell
    }
    Obstacle hidden = VisibleGpus.obstacle(smi.gpus(), machine.environment());
    return hidden != null
        ? refused(hidden)
        : among(VisibleGpus.of(smi.gpus(), machine.environment()), request, driver);
  }

  private static GpuChoice among(List<Gpu> visible, DeviceRequest request, Driver driver) {
    if (request.kind() == DeviceRequest.Kind.AUTO) {
      return firstThatWorks(visible, driver);
    }
    int there = visible.size();
    List<Integer> wanted = request.gpus().isEmpty() ? range(there) : request.gpus();
    int most = Collections.max(wanted);
    if (most >= there) {
      return refused(tooFew(there, most + 1));
    }
    for (int number : wanted) {
      String problem = visible.get(number).problemWith(driver.version());
      if (problem != null) {
        return refused(unfit(number, visible, problem, driver));
      }
    }
    return new GpuChoice(wanted, null);
  }

  private static GpuChoice firstThatWorks(List<Gpu> visible, Driver driver) {
    int number = firstFit(visible, driver.version());
    if (number >= 0) {
      return new GpuChoice(List.of(number), null);
    }
    String problem = visible.get(0).problemWith(driver.version());
    return refused(unfit(0, visible, String.valueOf(problem), driver));
  }

  private static int firstFit(List<Gpu> visible, @Nullable DriverVersion driver) {
    return IntStream.range(0, visible.size())
        .filter(i -> visible.get(i).problemWith(driver) == null)
        .findFirst()
        .orElse(-1);
  }

  /** Returns what to do about a GPU that does not work, a sentence. */
  static String next(Gpu gpu, List<Gpu> visible, @Nullable DriverVersion driver) {
    int other = firstFit(visible, driver);
    if (other >= 0) {
      return "Use --device gpu:%d%s."
          .formatted(other, gpu.isCapable() ? ", or update the driver" : "");
    }
    return gpu.isCapable() ? "Update the driver." : "Use --device cpu on this machine.";
  }

  private static Obstacle unfit(int number, List<Gpu> visible, String problem, Driver driver) {
    Gpu gpu = visible.get(number);
    return new Obstacle(
        "GPU %d is %s: %s".formatted(number, gpu, problem), next(gpu, visible, driver.version()));
  }

  private static Obstacle notListed(NvidiaSmi smi) {
    return new Obstacle(
        "nvidia-smi %s, expected a list of GPUs".formatted(smi.problem()),
        "Name them, as gpu:0,1, or see 'virus-mnist doctor'.");
  }

  private static GpuChoice refused(Obstacle obstacle) {
    return new GpuChoice(List.of(), obstacle);
  }

  private static List<Integer> range(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static Obstacle tooFew(int there, int wanted) {
    return new Obstacle(
        "there %s, expected at least %d"
            .formatted(there == 1 ? "is 1 GPU" : "are " + there + " GPUs", wanted),
        there == 1 ? "Use --device gpu." : "Use gpu:0 to gpu:%d.".formatted(there - 1));
  }
}
