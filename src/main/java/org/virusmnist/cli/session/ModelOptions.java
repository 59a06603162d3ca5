package org.virusmnist.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.virusmnist.device.Determinism;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.device.Gpu;
import org.virusmnist.device.LocalMachine;
import org.virusmnist.device.Machine;
import org.virusmnist.device.NvidiaSmi;
import org.virusmnist.device.Obstacle;
import org.virusmnist.device.VisibleGpus;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.DeviceChoice;
import org.virusmnist.model.Precision;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of the verbs that run a model. */
public final class ModelOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Option(
      names = "--precision",
      paramLabel = "float32|bfloat16|float16",
      defaultValue = "float32",
      description =
          "Arithmetic of the base outside training: bfloat16 on a CPU that has it, float16 on a GPU."
              + " Head, losses and fine-tuning are float32 always (default: float32).")
  private Precision precision = Precision.FLOAT32;

  @Option(
      names = "--inference-batch",
      paramLabel = "N",
      description =
          "Images per call outside training (default: 256 on a CPU and with --deterministic; on a GPU"
              + " what a trial finds to fit, 4096 at most).")
  private @Nullable Integer batchSize;

  private volatile @Nullable Integer fittedBatch;

  @Option(
      names = "--deterministic",
      description =
          "The same result, to the bit, whenever the same thing is run on the same machine. The launcher"
              + " tells TensorFlow before it loads; without it, export TF_DETERMINISTIC_OPS=1 and"
              + " TF_CUDNN_USE_AUTOTUNE=0. Training the base on a GPU is refused: that cannot be promised.")
  private boolean isDeterministic;

  @Mixin private ParallelOptions parallel = new ParallelOptions();
  @Mixin private TrustOptions trust = new TrustOptions();

  /** Reads and checks a SavedModel; no native code sees it. */
  public SavedModelFile read(Path directory) throws IOException {
    return trust.read(directory);
  }

  /** Where the session is to run. */
  public DeviceRequest device() {
    return device.request();
  }

  /**
   * Returns the session's settings, or refuses what cannot be had; {@link DeviceChoice} has the
   * last word about the device.
   */
  public SessionSettings settings() {
    if (batchSize != null && batchSize < 1) {
      throw new ParameterException(
          spec.commandLine(), "--inference-batch is " + batchSize + ", expected 1 or more");
    }
    parallel.check();
    requireDeterministicEnvironment();
    return SessionSettings.on(SessionSettings.Device.CPU)
        .in(precision)
        .with(device.share())
        .withThreads(parallel.threads())
        .withDeterminism(isDeterministic);
  }

  /** Refuses a precision below float32 together with an option that cannot have it. */
  public void requireFloat32(String option) {
    if (precision != Precision.FLOAT32) {
      throw new ParameterException(
          spec.commandLine(),
          "--precision is %s and %s is given, which is float32 only".formatted(precision, option));
    }
  }

  private void requireDeterministicEnvironment() {
    List<String> missing =
        isDeterministic ? Determinism.missingFrom(System.getenv()) : List.<String>of();
    if (!missing.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--deterministic: TensorFlow reads the environment when it loads, expected "
              + String.join(" and ", missing)
              + " in it. Start scripts/virus-mnist with the option, or export them");
    }
  }

  /**
   * Refuses what cannot be promised on the device that is used.
   *
   * @param deviceName where the work runs, as TensorFlow told
   * @param isBaseTrained whether the base learns
   */
  public void requirePromise(String deviceName, boolean isBaseTrained) {
    Obstacle obstacle = isDeterministic ? Determinism.against(deviceName, isBaseTrained) : null;
    if (obstacle != null) {
      throw new ParameterException(spec.commandLine(), "--deterministic: " + obstacle);
    }
  }

  /** Refuses GPUs that are not alike where results must repeat: threads decide which does what. */
  void requireLikeGpus(String deviceName) {
    if (!isDeterministic || !deviceName.contains(",")) {
      return;
    }
    Machine machine = new LocalMachine();
    List<Gpu> gpus = VisibleGpus.of(NvidiaSmi.ask(machine).gpus(), machine.environment());
    Obstacle obstacle = Determinism.amongGpus(deviceName, gpus);
    if (obstacle != null) {
      throw new ParameterException(spec.commandLine(), "--deterministic: " + obstacle);
    }
  }

  /**
   * Returns what {@code config.json} says of it, nothing where it was not asked for. Kind of device
   * and threads are part of what must be the same.
   */
  public Map<String, Object> recordDeterminism(String deviceName) {
    if (!isDeterministic) {
      return Map.of();
    }
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("device", deviceName.replaceFirst(":.*", ""));
    record.put("threads", parallel.threads());
    return Map.of("deterministic", record);
  }

  /** Says that calls of the base follow one another, each with all cores to itself. */
  public void trainBase() {
    parallel.trainBase();
  }

  /** Returns what the base computes in. */
  public Precision precision() {
    return precision;
  }

  /** Returns whether ops outside the closed list are let in. */
  public boolean trustsModel() {
    return trust.trustsModel();
  }

  /** Returns how many images a call has, which on a GPU is known once the models are open. */
  public int batchSize() {
    return batchSize == null
        ? Objects.requireNonNullElse(fittedBatch, InferenceBatch.ON_CPU)
        : batchSize;
  }

  /**
   * Finds out how many images a call of a model can have where nobody said; the least of several.
   * Results depend on that number in their last bits, so there is no trial where they must repeat.
   */
  synchronized void fitBatch(ClassifierModel model) throws IOException {
    if (batchSize == null && !isDeterministic && InferenceBatch.isProbed(model.deviceName())) {
      int most = Objects.requireNonNullElse(fittedBatch, InferenceBatch.MOST_ON_GPU);
      fittedBatch = InferenceBatch.largest(model, most, callsInFlight());
    }
  }

  /** Returns what a trial found, or null where there was none. */
  public @Nullable Integer fittedBatch() {
    return fittedBatch;
  }

  int callsInFlight() {
    return parallel.callsInFlight();
  }
}
