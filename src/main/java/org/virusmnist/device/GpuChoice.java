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
  private static final DeviceRequest FIRST = new DeviceRequest(DeviceRequest.Kind.GPU, 0);

  private static final Obstacle NOT_LISTED =
      new Obstacle(
          "nvidia-smi lists no GPU, expected one or more",
          "Name them, as gpu:0,1, or see 'virus-mnist doctor'.");

  /** Looks at the list of GPUs, which takes a second to get; the first needs no look. */
  static GpuChoice of(DeviceRequest request, Machine machine) {
    if (request.gpus().equals(FIRST.gpus())) {
      return new GpuChoice(request.gpus(), null);
    }
    int there = VisibleGpus.of(NvidiaSmi.ask(machine).gpus(), machine.environment()).size();
    if (request.gpus().isEmpty()) {
      return there == 0 ? refused(NOT_LISTED) : new GpuChoice(range(there), null);
    }
    int wanted = Collections.max(request.gpus());
    return there == 0 || wanted < there
        ? new GpuChoice(request.gpus(), null)
        : refused(tooFew(there, wanted + 1));
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
