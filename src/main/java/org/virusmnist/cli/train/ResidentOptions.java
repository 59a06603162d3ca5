package org.virusmnist.cli.train;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.virusmnist.model.ClassifierModel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Whether features or images stay in the device's memory while training runs. */
final class ResidentOptions {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([KMG]?)B?");
  private static final String UNITS = "KMG";

  /** 170,000 images. */
  private static final long ON_CPU = 512L << 20;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--resident",
      paramLabel = "auto|on|off",
      defaultValue = "auto",
      description =
          "Keep features, or images, in the device's memory between calls (default: auto, on a GPU).")
  private Choice choice = Choice.AUTO;

  @Option(
      names = "--resident-memory",
      paramLabel = "SIZE",
      description =
          "Memory for them, as 512M or 40G; rows beyond it take turns, in the same order and with the"
              + " same result (default: all that is there).")
  private @Nullable String memory;

  /** When rows stay. */
  enum Choice {
    AUTO,
    ON,
    OFF
  }

  /** Whether it was asked for by name. */
  boolean isAskedFor() {
    return choice == Choice.ON;
  }

  /** Whether rows stay on the device; refuses what the model cannot do. */
  boolean isOn(ClassifierModel model) {
    if (choice == Choice.ON && !model.canKeepRows()) {
      throw usage(
          "--resident on: the SavedModel has no signatures for it, expected 'load_features' and"
              + " others. Re-export it, or leave the option out.");
    }
    boolean isWanted =
        choice == Choice.ON || (choice == Choice.AUTO && model.deviceName().startsWith("GPU"));
    return isWanted && model.canKeepRows();
  }

  /**
   * Returns how many bytes rows may take: of the device's memory, or of this machine's where the
   * device is a CPU and all of them would not fit.
   */
  long maxBytes(ClassifierModel model, boolean isOnDisk) {
    if (isOnDisk && !model.canKeepRows()) {
      throw usage(
          "images are on disk and the SavedModel has no signatures to load some at a time,"
              + " expected 'load_images' and others. Re-export it, or give --storage memory.");
    }
    boolean onGpu = model.deviceName().startsWith("GPU");
    return isOnDisk && !onGpu ? Math.min(maxBytes(), ON_CPU) : maxBytes();
  }

  /** Returns how many bytes of the device's memory rows may take. */
  long maxBytes() {
    if (memory == null) {
      return Long.MAX_VALUE;
    }
    Matcher matcher = SIZE.matcher(memory.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw usage("--resident-memory is '" + memory + "', expected a size as 512M or 40G");
    }
    int power = UNITS.indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1);
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
  }

  /** Refuses memory that is too small for a step. */
  void requireRoom(int rows, int batchSize) {
    if (rows < batchSize) {
      throw usage(
          "--resident-memory holds %d rows, expected at least the %d of a step"
              .formatted(rows, batchSize));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
