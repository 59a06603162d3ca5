package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.virusmnist.cli.session.ModelLocation;
import org.virusmnist.cli.session.ModelOptions;
import org.virusmnist.cli.session.UsedDevice;
import org.virusmnist.device.Determinism;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.inference.Parallelism;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.DeviceChoice;
import org.virusmnist.model.DeviceUnavailableException;
import org.virusmnist.model.GpuShare;
import org.virusmnist.model.ModelTrust;
import org.virusmnist.model.Precision;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.spark.ModelSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of the batch verbs that run a model. */
final class SparkModelOptions {
  /** Options of the plain verbs that say nothing to an executor. */
  private static final List<String> OF_ONE_PROCESS = List.of("--threads", "--calls-in-flight");

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Mixin private ModelOptions modelOptions = new ModelOptions();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN_OR_SAVEDMODEL",
      description = "A run directory or a SavedModel on this machine; executors get a copy.")
  private Path model = Path.of("");

  /**
   * A model that was checked in this process.
   *
   * @param location where it is
   * @param spec what executors do with it
   * @param classCount its number of classes, C
   */
  record Checked(ModelLocation location, ModelSpec spec, int classCount) {}

  /** Reads and checks the model, and warns if it is untrained. */
  Checked check() throws IOException {
    refuseOptionsOfOneProcess();
    ModelLocation location = ModelLocation.find(model);
    SavedModelFile file = modelOptions.read(location.directory());
    location.warnIfUntrained();
    String device = modelOptions.device().toString();
    SessionSettings settings = modelOptions.settings();
    ModelSpec spec =
        new ModelSpec(
            location.directory(),
            modelOptions.batchSize(),
            device + " " + settings.precision(),
            opener(device, settings, modelOptions.trustsModel()));
    return new Checked(location, spec, file.shape().classCount());
  }

  private void refuseOptionsOfOneProcess() {
    for (String option : OF_ONE_PROCESS) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            command.commandLine(),
            option
                + " is for the plain verbs: an executor takes as many threads as it has cores. Leave it out");
      }
    }
  }

  /** Returns what executors do; it holds nothing that cannot travel. */
  private static ModelSpec.Opener opener(
      String device, SessionSettings settings, boolean trustsModel) {
    Precision precision = settings.precision();
    double memoryFraction = settings.gpu().memoryFraction();
    boolean isDeterministic = settings.isDeterministic();
    return unpacked -> {
      requireEnvironment(isDeterministic);
      DeviceRequest asked = DeviceRequest.parse(device);
      DeviceRequest request =
          unpacked.gpu() < 0 ? asked : new DeviceRequest(asked.kind(), unpacked.gpu());
      SessionSettings own =
          SessionSettings.on(SessionSettings.Device.CPU)
              .in(precision)
              .with(new GpuShare(request.gpu(), memoryFraction))
              .withThreads(
                  Parallelism.withCalls(unpacked.tasks(), unpacked.cores()).threadsPerCall())
              .withDeterminism(isDeterministic);
      ModelTrust trust = new ModelTrust(trustsModel, unpacked.sha256());
      SavedModelFile file = SavedModelFile.read(unpacked.directory(), trust);
      return ClassifierModel.open(
          file, DeviceChoice.of(request).load(own, UsedDevice::logExtraction));
    };
  }

  /** Every executor has an environment of its own. */
  private static void requireEnvironment(boolean isDeterministic)
      throws DeviceUnavailableException {
    List<String> missing =
        isDeterministic ? Determinism.missingFrom(System.getenv()) : List.<String>of();
    if (!missing.isEmpty()) {
      throw new DeviceUnavailableException(
          "--deterministic: an executor's environment lacks %s. Set it with spark.executorEnv."
              .formatted(String.join(" and ", missing)));
    }
  }
}
