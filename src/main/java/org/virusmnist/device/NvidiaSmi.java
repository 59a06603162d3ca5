package org.virusmnist.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.device.Machine.CommandOutput;

/**
 * What NVIDIA's own tool says of driver and GPUs.
 *
 * @param driver the driver's version, or null if it lists no GPU
 * @param gpus the GPUs in the order of their numbers
 * @param problem what it complains of, or null if it works
 */
public record NvidiaSmi(@Nullable DriverVersion driver, List<Gpu> gpus, @Nullable String problem) {
  private static final String FIELDS =
      "index,name,uuid,memory.total,memory.free,compute_cap,driver_version";

  /** It takes a second or more where no process keeps the driver awake. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Copies the list. */
  public NvidiaSmi {
    gpus = List.copyOf(gpus);
  }

  /** Asks it. */
  public static NvidiaSmi ask(Machine machine) {
    CommandOutput output =
        machine.run(
            TIMEOUT, "nvidia-smi", "--query-gpu=" + FIELDS, "--format=csv,noheader,nounits");
    if (output == null) {
      return new NvidiaSmi(null, List.of(), "is not there or does not answer");
    }
    if (output.exitCode() != 0) {
      return new NvidiaSmi(
          null, List.of(), "says '" + output.text().strip().replaceAll("\\s*\\R\\s*", " ") + "'");
    }
    return parse(output.text());
  }

  /** Reads its table; other lines, such as warnings about a GPU's memory, may be between. */
  static NvidiaSmi parse(String text) {
    List<Gpu> gpus = new ArrayList<>();
    DriverVersion driver = null;
    String other = null;
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      String[] cells = line.split("\\s*,\\s*", -1);
      try {
        gpus.add(gpu(cells));
        driver = DriverVersion.in(cells[6]);
      } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
        other = other == null ? line.strip() : other;
      }
    }
    if (!gpus.isEmpty()) {
      return new NvidiaSmi(driver, gpus, null);
    }
    return new NvidiaSmi(null, gpus, other == null ? "lists no GPU" : "says '" + other + "'");
  }

  private static Gpu gpu(String[] cells) {
    return new Gpu(
        Integer.parseInt(cells[0].strip()),
        cells[1],
        cells[2],
        number(cells[3]),
        number(cells[4]),
        cells[5].strip());
  }

  /** A share of a GPU has no memory of its own to report: "[N/A]" or "[Not Supported]". */
  private static long number(String cell) {
    return cell.startsWith("[") ? 0 : Long.parseLong(cell.strip());
  }
}
