package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.inference.Parallelism;
import org.virusmnist.model.ModelTrust;
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
final class ModelOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Option(
      names = "--precision",
      paramLabel = "float32|bfloat16|float16",
      defaultValue = "float32",
      description = {
        "Arithmetic of the base outside training: bfloat16 on a CPU that has it, float16 on a GPU.",
        "Head, losses and fine-tuning are float32 always (default: float32)."
      })
  private Precision precision = Precision.FLOAT32;

  @Option(
      names = "--inference-batch",
      paramLabel = "N",
      defaultValue = "256",
      description = "Images per call outside training (default: 256).")
  private int batchSize = 256;

  @Option(
      names = "--calls-in-flight",
      paramLabel = "N",
      description = "Calls that run at a time outside training (default: one a core, up to 16).")
  private @Nullable Integer callsInFlight;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Threads that share an operation on a CPU (default: the cores divided by the calls in",
        "flight; all cores where the base is trained)."
      })
  private @Nullable Integer threads;

  private boolean isBaseTrained;

  @Option(
      names = "--trust-model",
      description = "Load the SavedModel whatever ops it contains: it may run any code.")
  private boolean trustsModel;

  @Option(
      names = "--model-sha256",
      paramLabel = "HEX",
      description =
          "Refuse a SavedModel of another hash; a run's config.json has the one it started from.")
  private @Nullable String modelSha256;

  /** Reads and checks a SavedModel; no native code sees it. */
  SavedModelFile read(Path directory) throws IOException {
    return SavedModelFile.read(directory, trust());
  }

  private ModelTrust trust() {
    try {
      return new ModelTrust(trustsModel, modelSha256);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--model-sha256: " + e.getMessage());
    }
  }

  /** Where the session is to run. */
  DeviceRequest device() {
    return device.request();
  }

  /**
   * Returns the session's settings, or refuses what cannot be had; {@link DeviceChoice} has the
   * last word about the device.
   */
  SessionSettings settings() {
    requirePositive("--inference-batch", batchSize);
    requirePositive("--calls-in-flight", callsInFlight);
    requirePositive("--threads", threads);
    return SessionSettings.on(SessionSettings.Device.CPU)
        .in(precision)
        .with(device.share())
        .withThreads(threads());
  }

  private void requirePositive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d, expected 1 or more".formatted(option, value));
    }
  }

  /** Says that calls of the base follow one another, each with all cores to itself. */
  void trainBase() {
    isBaseTrained = true;
  }

  private int threads() {
    if (threads != null) {
      return threads;
    }
    return isBaseTrained ? cores() : parallelism().threadsPerCall();
  }

  private Parallelism parallelism() {
    return callsInFlight == null
        ? Parallelism.forCores(cores())
        : Parallelism.withCalls(callsInFlight, cores());
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  Precision precision() {
    return precision;
  }

  boolean trustsModel() {
    return trustsModel;
  }

  int batchSize() {
    return batchSize;
  }

  int callsInFlight() {
    return parallelism().callsInFlight();
  }
}
