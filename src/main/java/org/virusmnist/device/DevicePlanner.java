package org.virusmnist.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a GPU is used, from what can be seen without native code.
 *
 * <p>The driver comes first, since without it nothing else matters; then what hides GPUs from it;
 * then the class path; then the CUDA libraries. The first thing that is wrong is the reason.
 */
public final class DevicePlanner {
  static final String PLATFORM = "Linux amd64";
  private static final String VISIBLE = VisibleGpus.VARIABLE;
  private static final int LEAST_CUDNN_9 = 3;
  private static final Pattern CUDNN_VERSION =
      Pattern.compile("/libcudnn\\.so\\.(9\\.(\\d+)[0-9.]*)$");

  private final Machine machine;
  private final NativeBuild build;
  private final Path cudaCacheRoot;

  /**
   * Creates a planner.
   *
   * @param machine the machine
   * @param build what is on the class path
   * @param cudaCacheRoot where the CUDA libraries of a jar are extracted to
   */
  public DevicePlanner(Machine machine, NativeBuild build, Path cudaCacheRoot) {
    this.machine = machine;
    this.build = build;
    this.cudaCacheRoot = cudaCacheRoot;
  }

  /**
   * Returns what to do for a request. A request for the CPU looks at nothing.
   *
   * @throws IOException if the jar with the CUDA libraries cannot be read
   */
  public DevicePlan plan(DeviceRequest request) throws IOException {
    if (request.kind() == DeviceRequest.Kind.CPU) {
      return new DevicePlan(
          request, null, new Driver(null, null, "nothing"), build, List.of(), List.of());
    }
    Driver driver = Driver.find(machine);
    Obstacle obstacle = beforeLibraries(driver);
    if (obstacle != null) {
      return new DevicePlan(request, obstacle, driver, build, List.of(), List.of());
    }
    GpuChoice choice = GpuChoice.of(request, driver, machine);
    if (choice.obstacle() != null) {
      return new DevicePlan(request, choice.obstacle(), driver, build, List.of(), List.of());
    }
    List<CudaLocation> libraries = libraries();
    return new DevicePlan(request, missing(libraries), driver, build, choice.gpus(), libraries);
  }

  /**
   * Returns where every CUDA library is, found or not.
   *
   * @throws IOException if the jar with the CUDA libraries cannot be read
   */
  public List<CudaLocation> libraries() throws IOException {
    CudaCache cache = cache();
    return cache == null || build.cudaJar() == null
        ? CudaLocation.on(machine)
        : CudaLocation.in(build.cudaJar(), cache);
  }

  /** Returns the cache of the CUDA libraries, or null if they do not come in a jar. */
  public @Nullable CudaCache cache() {
    return build.cudaJar() == null ? null : new CudaCache(build.cudaJar(), cudaCacheRoot);
  }

  private @Nullable Obstacle beforeLibraries(Driver driver) {
    if (!machine.platform().equals(PLATFORM)) {
      return new Obstacle(
          "TensorFlow Java has no GPU build for %s, expected %s"
              .formatted(machine.platform(), PLATFORM),
          "Use --device cpu.");
    }
    Obstacle inDriver = inDriver(driver);
    if (inDriver != null) {
      return inDriver;
    }
    Obstacle inEnvironment = inEnvironment();
    if (inEnvironment != null) {
      return inEnvironment;
    }
    return inBuild();
  }

  static @Nullable Obstacle inDriver(Driver driver) {
    String oldest = DriverVersion.FIRST_FOR_CUDA_12.text();
    if (!driver.isPresent()) {
      return driver.version() == null
          ? new Obstacle(
              "no NVIDIA driver: libcuda.so.1 is in none of the library directories",
              "On a machine with an NVIDIA GPU install its driver, %s or newer.".formatted(oldest))
          : new Obstacle(
              "the kernel has NVIDIA's driver %s, but its libcuda.so.1 is in none of the library"
                      .formatted(driver.version())
                  + " directories",
              "In a container, start it with --gpus all; else install the driver's libraries.");
    }
    if (driver.isTooOld()) {
      return new Obstacle(
          "NVIDIA's driver is %s, expected %s or newer for CUDA 12"
              .formatted(driver.version(), oldest),
          "Update the driver.");
    }
    return null;
  }

  private @Nullable Obstacle inEnvironment() {
    String visible = machine.environment().get(VISIBLE);
    if (visible != null && VisibleGpus.hidesAll(visible)) {
      return new Obstacle(
          "%s is '%s', which hides every GPU".formatted(VISIBLE, visible), VisibleGpus.NEXT);
    }
    return null;
  }

  @Nullable Obstacle inBuild() {
    if (build.isMixed()) {
      return new Obstacle(
          "two native builds of TensorFlow are on the class path, %s, expected one"
              .formatted(String.join(" and ", build.classifiers())),
          "Build with one Maven profile.");
    }
    return build.isForGpus()
        ? null
        : new Obstacle(
            "the class path has the native build %s, expected linux-x86_64-gpu"
                .formatted(build.classifiers().isEmpty() ? "'none'" : build.classifiers().get(0)),
            "Build with the Maven profile gpu; scripts/virus-mnist does where it finds a driver.");
  }

  private @Nullable Obstacle missing(List<CudaLocation> libraries) {
    for (CudaLocation location : libraries) {
      CudaLibrary library = location.library();
      if (library.isRequired() && !location.isFound()) {
        return new Obstacle(
            "%s is missing (%s)".formatted(library.soname(), location.origin()), next(library));
      }
    }
    return oldCudnn(libraries);
  }

  /**
   * TensorFlow refuses a cuDNN older than the one it was built with; installed ones tell theirs.
   */
  @Nullable Obstacle oldCudnn(List<CudaLocation> libraries) {
    for (CudaLocation location : libraries) {
      Path file = location.file() == null ? null : machine.resolve(location.file());
      Matcher version = CUDNN_VERSION.matcher(String.valueOf(file));
      if (version.find() && Integer.parseInt(version.group(2)) < LEAST_CUDNN_9) {
        return new Obstacle(
            "cuDNN is %s, expected 9.%d or newer, as TensorFlow was built with"
                .formatted(version.group(1), LEAST_CUDNN_9),
            next(location.library()));
      }
    }
    return null;
  }

  static String next(CudaLibrary library) {
    String what =
        library.soname().startsWith("libcudnn") ? "all of cuDNN 9 for CUDA 12" : "CUDA 12";
    return "Install %s, or build with the Maven profile gpu, which brings it along."
        .formatted(what);
  }
}
