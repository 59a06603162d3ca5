package org.virusmnist.cli.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.virusmnist.benchmark.BatchSweep;
import org.virusmnist.benchmark.PeakMemory;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.session.DeviceOptions;
import org.virusmnist.cli.session.ParallelOptions;
import org.virusmnist.cli.session.Preset;
import org.virusmnist.cli.session.TrustOptions;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.model.ModelCallException;
import org.virusmnist.model.Precision;
import org.virusmnist.model.SavedModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast a model is on this machine. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures images per second and latency of a model's calls at rising batch sizes, on random"
          + " images, from the bytes in Java to the result in Java.",
      "Every measurement has a warm-up of its own. A batch that does not fit into memory is halved"
          + " until it does. The model's files are not changed."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist benchmark",
      "  scripts/virus-mnist benchmark --work predict --batch-sizes 1,256,1024 --output benchmarks/laptop",
      "  scripts/virus-mnist benchmark --device cpu,gpu --precision float32 --json > throughput.json"
    })
public final class BenchmarkCommand implements Callable<Integer> {
  private static final double MAX_SECONDS = 3600;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--model",
      paramLabel = "RUN_OR_SAVEDMODEL",
      description = "A run directory or a SavedModel (default: savedmodel/mobilenetv2-32).")
  private @Nullable Path model;

  @Option(
      names = "--work",
      paramLabel = "NAME",
      split = ",",
      description = {
        "What to measure, of features, predict, head_step and fine_tune_step (default: all)."
      })
  private Set<BenchmarkWork> work = EnumSet.allOf(BenchmarkWork.class);

  @Option(
      names = "--batch-sizes",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,16,64,256,1024",
      description = "Images of a batch, several with commas between (default: 1,16,64,256,1024).")
  private List<Integer> batchSizes = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu|gpu:N|gpu:all",
      split = ",(?!\\d)", // gpu:0,1 is one
      splitSynopsisLabel = ",",
      defaultValue = "${env:VIRUS_MNIST_DEVICE:-auto}",
      converter = DeviceOptions.RequestConverter.class,
      completionCandidates = DeviceOptions.RequestCandidates.class,
      description =
          "Where to run, several with commas between"
              + " (default: VIRUS_MNIST_DEVICE, or else auto).")
  private List<DeviceRequest> devices = new ArrayList<>();

  @Option(
      names = "--precision",
      paramLabel = "float32|bfloat16|float16",
      split = ",",
      description =
          "Arithmetic of the base, several with commas between (default: all that the device can do)."
              + " Steps are float32 always and measured once.")
  private @Nullable Set<Precision> precisions;

  @Mixin private ParallelOptions parallel = new ParallelOptions();

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "0.5",
      description = "Time before anything counts, at least three calls (default: 0.5).")
  private double warmUpSeconds;

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Time that counts, at least three calls (default: 2).")
  private double measureSeconds;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Write benchmark.csv, benchmark.json and throughput.png there.")
  private @Nullable Path output;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean printsJson;

  @Mixin private TrustOptions trust = new TrustOptions();

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    requireSeconds("--warm-up", warmUpSeconds);
    requireSeconds("--time", measureSeconds);
    for (int size : batchSizes) {
      common.require(size > 0, "--batch-sizes has " + size + ", expected 1 or more");
    }
    parallel.check();
    return common.logged(log -> new BenchmarkJob(common, this).run());
  }

  private void requireSeconds(String option, double seconds) {
    common.require(
        seconds >= 0 && seconds <= MAX_SECONDS,
        String.format(Locale.ROOT, "%s is %s, expected 0 to %.0f", option, seconds, MAX_SECONDS));
  }

  Path model() {
    return model == null ? Preset.NOTEBOOK.model() : model;
  }

  SavedModelFile read(Path directory) throws IOException {
    return trust.read(directory);
  }

  Set<BenchmarkWork> work() {
    return work;
  }

  SortedSet<Integer> batchSizes() {
    return new TreeSet<>(batchSizes);
  }

  /** Returns the devices, GPUs first: TensorFlow finds none once it has loaded without. */
  List<DeviceRequest> devices() {
    return devices.stream()
        .sorted(Comparator.comparing(request -> request.kind() == DeviceRequest.Kind.CPU))
        .toList();
  }

  /** Returns the precisions asked for, or every one that a device can do. */
  List<Precision> precisions(String deviceName) {
    return precisions == null ? Precision.possibleOn(deviceName) : List.copyOf(precisions);
  }

  ParallelOptions parallel() {
    return parallel;
  }

  BatchSweep sweep() {
    return new BatchSweep(
        warmUpSeconds,
        measureSeconds,
        new PeakMemory(),
        e -> e instanceof ModelCallException call && call.isOutOfMemory(),
        System::nanoTime);
  }

  double warmUpSeconds() {
    return warmUpSeconds;
  }

  double measureSeconds() {
    return measureSeconds;
  }

  boolean printsJson() {
    return printsJson;
  }

  @Nullable Path output() {
    return output;
  }
}
