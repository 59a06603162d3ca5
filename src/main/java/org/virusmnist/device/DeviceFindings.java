package org.virusmnist.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.virusmnist.device.Finding.Status;

/** Everything that decides about a GPU, looked at one by one: {@link DevicePlanner} stops early. */
public final class DeviceFindings {
  private final Machine machine;
  private final NativeBuild build;
  private final DevicePlanner planner;
  private final DevicePlan plan;
  private final List<Finding> findings = new ArrayList<>();

  private DeviceFindings(
      Machine machine, NativeBuild build, DevicePlanner planner, DevicePlan plan) {
    this.machine = machine;
    this.build = build;
    this.planner = planner;
    this.plan = plan;
  }

  /**
   * Looks at driver, GPUs, environment, class path and CUDA libraries.
   *
   * @param plan what the planner makes of them
   * @throws IOException if the jar with the CUDA libraries cannot be read
   */
  public static List<Finding> of(
      Machine machine, NativeBuild build, DevicePlanner planner, DevicePlan plan)
      throws IOException {
    DeviceFindings all = new DeviceFindings(machine, build, planner, plan);
    all.addDriver(Driver.find(machine));
    NvidiaSmi smi = NvidiaSmi.ask(machine);
    all.addGpus(smi);
    all.addVisible(smi.gpus());
    all.addBuild();
    all.addLibraries();
    return List.copyOf(all.findings);
  }

  /** What is wrong matters if a GPU is asked for, or if a driver says that there is one. */
  private Status failure() {
    boolean isWanted =
        plan.request().kind() == DeviceRequest.Kind.GPU
            || (plan.request().kind() == DeviceRequest.Kind.AUTO && plan.driver().isPresent());
    return isWanted ? Status.NOT_OK : Status.NOT_NEEDED;
  }

  private void add(boolean isOk, String subject, String detail, String next) {
    findings.add(new Finding(isOk ? Status.OK : failure(), subject, detail, isOk ? "" : next));
  }

  private void addDriver(Driver driver) {
    Obstacle obstacle = DevicePlanner.inDriver(driver);
    add(
        obstacle == null,
        "driver",
        obstacle == null
            ? driver.library()
                + (driver.version() == null
                    ? ", of a version that nothing tells"
                    : ", version %s (from %s)".formatted(driver.version(), driver.versionFrom()))
            : obstacle.what(),
        obstacle == null ? "" : obstacle.next());
  }

  private void addGpus(NvidiaSmi smi) {
    if (smi.problem() != null) {
      add(false, "GPUs", "nvidia-smi " + smi.problem(), nextForSmi(smi.problem()));
    }
    List<Gpu> visible = VisibleGpus.of(smi.gpus(), machine.environment());
    List<Gpu> chosen = chosen(visible);
    for (Gpu gpu : smi.gpus()) {
      String detail = String.format(Locale.ROOT, "%s, %,d MiB free", gpu, gpu.freeMib());
      String subject = "GPU " + gpu.index();
      String problem = gpu.problemWith(smi.driver());
      if (problem == null) {
        findings.add(Finding.ok(subject, detail));
      } else if (chosen.contains(gpu)) {
        add(false, subject, detail + ": " + problem, GpuChoice.next(gpu, visible, smi.driver()));
      } else {
        findings.add(Finding.notNeeded(subject, detail + ": " + problem, "It is not used."));
      }
    }
  }

  /** Returns the GPUs that the plan takes or, where something is in the way, that are asked for. */
  private List<Gpu> chosen(List<Gpu> visible) {
    List<Integer> numbers = plan.gpus().isEmpty() ? plan.request().gpus() : plan.gpus();
    return numbers.isEmpty()
        ? visible
        : numbers.stream().filter(number -> number < visible.size()).map(visible::get).toList();
  }

  private static String nextForSmi(String problem) {
    return problem.contains("version mismatch")
        ? "The driver was updated while the old one runs: restart the machine."
        : "It comes with NVIDIA's driver; install or repair that.";
  }

  private void addVisible(List<Gpu> gpus) {
    String visible = machine.environment().get(VisibleGpus.VARIABLE);
    boolean hides =
        visible != null
            && (VisibleGpus.hidesAll(visible)
                || (!gpus.isEmpty() && VisibleGpus.obstacle(gpus, machine.environment()) != null));
    add(
        !hides,
        VisibleGpus.VARIABLE,
        visible == null
            ? "not set, so every GPU is visible"
            : "'" + visible + "'" + (hides ? ", which hides every GPU" : ""),
        VisibleGpus.NEXT);
  }

  private void addBuild() {
    String classifiers =
        build.classifiers().isEmpty() ? "none" : String.join(" and ", build.classifiers());
    Obstacle obstacle = build.isMixed() || !build.isForGpus() ? planner.inBuild() : null;
    add(
        obstacle == null,
        "native build",
        classifiers
            + (build.cudaJar() == null ? ", no CUDA libraries on the class path" : " with CUDA"),
        obstacle == null ? "" : obstacle.next());
  }

  private void addLibraries() throws IOException {
    CudaCache cache = planner.cache();
    for (CudaLocation location : planner.libraries()) {
      CudaLibrary library = location.library();
      String detail =
          location.isFound() ? location.file() + ", " + location.origin() : location.origin();
      if (!location.isFound() && !library.isRequired()) {
        findings.add(Finding.notNeeded(library.soname(), detail, "Nothing fails without it."));
      } else {
        add(location.isFound(), library.soname(), detail, DevicePlanner.next(library));
      }
    }
    Obstacle old = planner.oldCudnn(planner.libraries());
    if (old != null) {
      add(false, "cuDNN", old.what(), old.next());
    }
    if (cache != null) {
      boolean isComplete = cache.isComplete();
      findings.add(
          Finding.ok(
              "CUDA cache",
              cache.directory() + (isComplete ? ", complete" : ", filled by the first GPU run")));
    }
  }
}
