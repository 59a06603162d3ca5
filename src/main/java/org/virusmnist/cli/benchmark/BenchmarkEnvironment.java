package org.virusmnist.cli.benchmark;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.virusmnist.benchmark.MachineFacts;
import org.virusmnist.cli.console.BuildVersion;
import org.virusmnist.device.Gpu;
import org.virusmnist.device.LocalMachine;
import org.virusmnist.device.NvidiaSmi;
import org.virusmnist.model.TensorFlowLibrary;

/** What stands above measurements: on what, with what and how they were made. */
final class BenchmarkEnvironment {
  /** The fact that names the GPU, where there is one. */
  static final String GPU = "gpu";

  private BenchmarkEnvironment() {}

  static Map<String, String> of(BenchmarkCommand command, Path model, Collection<String> devices) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("devices", String.join(", ", devices));
    if (devices.stream().anyMatch(name -> name.startsWith("GPU"))) {
      addGpus(facts);
    }
    facts.putAll(new MachineFacts().read());
    BuildVersion build = new BuildVersion();
    facts.put("tensorflow", TensorFlowLibrary.version());
    facts.put("tensorflow_java", build.tensorflowJava());
    facts.put("virus_mnist", build.version() + ", revision " + build.revision());
    facts.put("model", model.toString());
    facts.put("threads", Integer.toString(command.parallel().threads()));
    facts.put("calls_in_flight", Integer.toString(command.parallel().callsInFlight()));
    facts.put("warm_up_seconds", Double.toString(command.warmUpSeconds()));
    facts.put("measured_seconds", Double.toString(command.measureSeconds()));
    facts.put(
        "started",
        OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString());
    return facts;
  }

  private static void addGpus(Map<String, String> facts) {
    NvidiaSmi smi = NvidiaSmi.ask(new LocalMachine());
    facts.put(GPU, smi.gpus().stream().map(Gpu::toString).collect(Collectors.joining("; ")));
    facts.put("driver", String.valueOf(smi.driver()));
  }
}
