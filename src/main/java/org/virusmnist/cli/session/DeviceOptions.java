package org.virusmnist.cli.session;

import java.util.Iterator;
import java.util.List;
import org.virusmnist.device.DeviceRequest;
import org.virusmnist.model.GpuShare;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** Where a model runs. */
public final class DeviceOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu|gpu:N|gpu:all",
      defaultValue = "${env:VIRUS_MNIST_DEVICE:-auto}",
      converter = RequestConverter.class,
      completionCandidates = RequestCandidates.class,
      description =
          "Where to run: auto takes a GPU when one can be used, gpu insists on one, gpu:1 takes the"
              + " second; gpu:0,1 and gpu:all share images out between several, in their order and with the"
              + " results of one, and train on the first (default: VIRUS_MNIST_DEVICE, or else auto).")
  private DeviceRequest request = DeviceRequest.AUTO;

  @Option(
      names = "--gpu-memory-fraction",
      paramLabel = "F",
      defaultValue = "1",
      description =
          "The most of a GPU's memory to take, above 0 and at most 1; it is taken as it is needed"
              + " (default: 1).")
  private double memoryFraction = 1;

  /** What {@code --device} asks for. */
  public DeviceRequest request() {
    return request;
  }

  /** Which GPU, and how much of it. */
  GpuShare share() {
    if (!(memoryFraction > 0 && memoryFraction <= 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--gpu-memory-fraction is " + memoryFraction + ", expected more than 0 and at most 1");
    }
    return new GpuShare(request.gpu(), memoryFraction); // DeviceChoice knows whether there are more
  }

  /** What a shell offers for the option; a colon would end a word of bash. */
  public static final class RequestCandidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("auto", "cpu", "gpu").iterator();
    }
  }

  /** Reads the option's value. */
  public static final class RequestConverter implements ITypeConverter<DeviceRequest> {
    @Override
    public DeviceRequest convert(String text) {
      try {
        return DeviceRequest.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
