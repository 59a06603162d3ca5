package org.virusmnist.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.virusmnist.model.ModelTrust;
import org.virusmnist.model.SavedModelFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which SavedModels to load. */
public final class TrustOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

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
  public SavedModelFile read(Path directory) throws IOException {
    return SavedModelFile.read(directory, trust());
  }

  private ModelTrust trust() {
    try {
      return new ModelTrust(trustsModel, modelSha256);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--model-sha256: " + e.getMessage());
    }
  }

  boolean trustsModel() {
    return trustsModel;
  }
}
