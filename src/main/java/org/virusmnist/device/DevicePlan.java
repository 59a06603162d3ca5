package org.virusmnist.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do before TensorFlow's native library loads.
 *
 * @param request what was asked for
 * @param obstacle why no GPU can be used, or null if nothing speaks against it
 * @param driver the driver
 * @param build what is on the class path
 * @param gpus numbers of the GPUs to use, one or more, if one is used
 * @param libraries where the CUDA libraries are; empty if there is no reason to look
 */
public record DevicePlan(
    DeviceRequest request,
    @Nullable Obstacle obstacle,
    Driver driver,
    NativeBuild build,
    List<Integer> gpus,
    List<CudaLocation> libraries) {

  /** Copies the lists. */
  public DevicePlan {
    gpus = List.copyOf(gpus);
    libraries = List.copyOf(libraries);
  }

  /** Returns whether a GPU is to be used. */
  public boolean usesGpu() {
    return request.kind() != DeviceRequest.Kind.CPU && obstacle == null;
  }

  /** Returns whether the user insists on a GPU and cannot have one. */
  public boolean isRefused() {
    return request.kind() == DeviceRequest.Kind.GPU && obstacle != null;
  }
}
