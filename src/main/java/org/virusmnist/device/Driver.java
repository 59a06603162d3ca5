package org.virusmnist.device;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's driver.
 *
 * @param library its {@code libcuda.so.1}, or null if there is none
 * @param version its version, or null if it cannot be told
 * @param versionFrom what told the version, in words
 */
public record Driver(@Nullable Path library, @Nullable DriverVersion version, String versionFrom) {
  static final String LIBRARY = "libcuda.so.1";
  private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");

  /**
   * Looks for the driver: in the directories of the dynamic linker, and in what the kernel says.
   *
   * @param machine where to look; {@code nvidia-smi} is asked only if nothing else tells the
   *     version
   */
  public static Driver find(Machine machine) {
    Path library = LibraryPath.of(machine).find(LIBRARY);
    String kernel = machine.read(KERNEL_MODULE);
    DriverVersion version = kernel == null ? null : DriverVersion.in(kernel);
    if (version != null) {
      return new Driver(library, version, KERNEL_MODULE.toString());
    }
    if (library == null) {
      return new Driver(null, null, "nothing");
    }
    // libcuda.so.1 is a link to libcuda.so.535.104.05.
    Path real = machine.resolve(library);
    version =
        real == null ? null : DriverVersion.in(real.toString().replaceFirst(".*\\.so\\.", ""));
    if (version != null) {
      return new Driver(library, version, String.valueOf(real));
    }
    version = NvidiaSmi.ask(machine).driver();
    return new Driver(library, version, version == null ? "nothing" : "nvidia-smi");
  }

  /** Returns whether programs can use it. */
  public boolean isPresent() {
    return library != null;
  }

  /** Returns whether it is known to be too old for CUDA 12. */
  public boolean isTooOld() {
    return version != null && version.isOlderThan(DriverVersion.FIRST_FOR_CUDA_12);
  }

  /** Returns whether it is known to be too old to compile TensorFlow's kernels for Hopper. */
  boolean isTooOldForHopper() {
    return version != null && version.isOlderThan(DriverVersion.FIRST_FOR_PTX_8_3);
  }
}
