package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.virusmnist.device.DeviceRequest;
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

  @Mixin private ParallelOptions parallel = new ParallelOptions();
  @Mixin private TrustOptions trust = new TrustOptions();

  /** Reads and checks a SavedModel; no native code sees it. */
  SavedModelFile read(Path directory) throws IOException {
    return trust.read(directory);
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
    if (batchSize < 1) {
      throw new ParameterException(
          spec.commandLine(), "--inference-batch is " + batchSize + ", expected 1 or more");
    }
    parallel.check();
    return SessionSettings.on(SessionSettings.Device.CPU)
        .in(precision)
        .with(device.share())
        .withThreads(parallel.threads());
  }

  /** Says that calls of the base follow one another, each with all cores to itself. */
  void trainBase() {
    parallel.trainBase();
  }

  Precision precision() {
    return precision;
  }

  boolean trustsModel() {
    return trust.trustsModel();
  }

  int batchSize() {
    return batchSize;
  }

  int callsInFlight() {
    return parallel.callsInFlight();
  }
}
