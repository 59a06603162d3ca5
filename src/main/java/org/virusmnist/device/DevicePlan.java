package org.virusmnist.device;

import java.nio.file.Path;
import java.util.ArrayList;
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

  /**
   * Returns what to load before TensorFlow, which opens all of it by name: the driver, since it may
   * be where the dynamic linker does not look, then CUDA.
   *
   * @param extracted the CUDA libraries of a jar as files, in their load order; null if CUDA is
   *     installed
   */
  public List<Path> toLoad(@Nullable List<Path> extracted) {
    List<Path> files = new ArrayList<>();
    addIfThere(driver.library(), files);
    if (extracted == null) {
      libraries.forEach(location -> addIfThere(location.file(), files));
    } else {
      files.addAll(extracted);
    }
    return files;
  }

  private static void addIfThere(@Nullable Path file, List<Path> files) {
    if (file != null) {
      files.add(file);
    }
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
