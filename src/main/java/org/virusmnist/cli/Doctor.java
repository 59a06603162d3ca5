package org.virusmnist.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.virusmnist.cli.console.ErrorLine;
import org.virusmnist.cli.console.ExitCode;
import org.virusmnist.cli.input.CacheOptions;
import org.virusmnist.cli.session.ModelLocation;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.Labels;
import org.virusmnist.device.CudaCache;
import org.virusmnist.device.DeviceFindings;
import org.virusmnist.device.DevicePlan;
import org.virusmnist.device.DevicePlanner;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.device.Finding;
import org.virusmnist.device.Finding.Status;
import org.virusmnist.device.FreeSpace;
import org.virusmnist.device.Machine;
import org.virusmnist.device.NativeBuild;
import org.virusmnist.device.NativeCache;
import org.virusmnist.device.TensorFlowCache;
import org.virusmnist.model.SavedModelFile;

/** Looks at everything a run needs. */
final class Doctor {
  private static final long LEAST_FREE_BYTES = 2L << 30;

  private final Machine machine;
  private final NativeBuild build;
  private final NativeCache cache;

  Doctor(Machine machine, NativeBuild build, NativeCache cache) {
    this.machine = machine;
    this.build = build;
    this.cache = cache;
  }

  /**
   * What was found of one kind.
   *
   * @param name what it is about
   * @param exitCode the code of a run that fails because of it
   * @param findings what was looked at
   */
  record Section(String name, int exitCode, List<Finding> findings) {
    boolean isOk() {
      return findings.stream().noneMatch(finding -> finding.status() == Status.NOT_OK);
    }
  }

  Section device(DeviceRequest request) throws IOException {
    DevicePlanner planner = new DevicePlanner(machine, build, cache.cuda());
    DevicePlan plan = planner.plan(request);
    List<Finding> findings = new ArrayList<>(DeviceFindings.of(machine, build, planner, plan));
    findings.add(
        plan.obstacle() == null
            ? Finding.ok(
                "--device " + request, plan.usesGpu() ? "a GPU, if TensorFlow agrees" : "CPU")
            : new Finding(
                plan.isRefused() ? Status.NOT_OK : Status.NOT_NEEDED,
                "--device " + request,
                (plan.isRefused() ? "refused: " : "the CPU is used: ") + plan.obstacle().what(),
                plan.obstacle().next()));
    findings.addAll(new TrialRunner(machine).run(plan));
    return new Section("Device", ExitCode.DEVICE, findings);
  }

  Section machine(Path dataCache) throws IOException {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            "memory",
            String.format(
                Locale.ROOT,
                "%,d MiB, of which Java's heap may take %,d MiB",
                physicalBytes() >> 20,
                Runtime.getRuntime().maxMemory() >> 20)));
    findings.add(
        Finding.ok("processors", String.valueOf(Runtime.getRuntime().availableProcessors())));
    findings.add(
        directory("data and feature cache", dataCache, LEAST_FREE_BYTES, CacheOptions.VARIABLE));
    long cuda = build.cudaJar() == null ? 0 : missingOfCuda(build.cudaJar());
    findings.add(
        directory("CUDA libraries", cache.cuda(), FreeSpace.needed(cuda), NativeCache.VARIABLE));
    Path tensorflow =
        cache.tensorflow() == null
            ? Path.of(System.getProperty("user.home"), ".javacpp", "cache")
            : cache.tensorflow();
    long missing = new TensorFlowCache(build, tensorflow).missingBytes();
    findings.add(
        directory(
            "TensorFlow's libraries", tensorflow, FreeSpace.needed(missing), NativeCache.VARIABLE));
    return new Section("Machine", ExitCode.INPUT_OUTPUT, findings);
  }

  private long missingOfCuda(Path jar) throws IOException {
    return new CudaCache(jar, cache.cuda()).missingBytes();
  }

  private static long physicalBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  /**
   * Looks at a directory that is or will be written to.
   *
   * @param leastFree how much must be free there, in bytes; 0 if nothing more is written, so that
   *     it need not be writable
   */
  static Finding directory(String subject, Path directory, long leastFree, String variable) {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    String next = "Free some space, or name another directory in " + variable + ".";
    boolean isWritable = Files.isDirectory(existing) && Files.isWritable(existing);
    if (leastFree > 0 && !isWritable) {
      return Finding.notOk(subject, directory + ": " + existing + " cannot be written to", next);
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      String detail = String.format(Locale.ROOT, "%s, %,d MiB free", directory, free >> 20);
      return free < leastFree
          ? Finding.notOk(
              subject,
              String.format(Locale.ROOT, "%s, expected %,d MiB", detail, leastFree >> 20),
              next)
          : Finding.ok(subject, detail);
    } catch (IOException e) {
      return Finding.notOk(subject, directory + ": " + ErrorLine.message(e), next);
    }
  }

  /** Reads and checks a SavedModel and labelled CSVs as a run would. */
  List<Section> inputs(Path model, List<Path> data) {
    int classCount = 0;
    Finding finding;
    try {
      SavedModelFile file = SavedModelFile.read(ModelLocation.find(model).directory());
      classCount = file.shape().classCount();
      finding =
          Finding.ok(
              model.toString(),
              "%d features, %d classes".formatted(file.shape().featureCount(), classCount));
    } catch (IOException e) {
      finding = Finding.notOk(model.toString(), ErrorLine.message(e), "Name another with --model.");
    }
    List<Finding> rows = new ArrayList<>();
    for (Path file : data) {
      rows.add(rows(file, classCount));
    }
    return List.of(
        new Section("Model", ExitCode.MODEL, List.of(finding)),
        new Section("Data", ExitCode.DATA, rows));
  }

  private static Finding rows(Path file, int classCount) {
    if (classCount == 0) {
      return Finding.notNeeded(file.toString(), "not read, the model is not there", "");
    }
    try {
      int rows = ImageCsv.read(file, classCount, Labels.REQUIRED).size();
      return Finding.ok(file.toString(), String.format(Locale.ROOT, "%,d rows", rows));
    } catch (IOException e) {
      return Finding.notOk(file.toString(), ErrorLine.message(e), "Name another with --data.");
    }
  }
}
