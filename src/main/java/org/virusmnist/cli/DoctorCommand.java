package org.virusmnist.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.virusmnist.cli.console.CommonOptions;
import org.virusmnist.cli.console.ExitCode;
import org.virusmnist.cli.console.ProgressBar;
import org.virusmnist.cli.input.CacheOptions;
import org.virusmnist.cli.input.Home;
import org.virusmnist.cli.session.DeviceOptions;
import org.virusmnist.device.Finding;
import org.virusmnist.device.LocalMachine;
import org.virusmnist.device.NativeBuild;
import org.virusmnist.device.NativeCache;
import org.virusmnist.report.ConfigJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what works on this machine, what does not, and what to do about it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks at driver, GPUs, CUDA libraries, TensorFlow, memory, caches, model and data, and says"
          + " of each whether it is as it should be and what to do if not. Exit code 0 if everything"
          + " that --device asks for works, or else 5 device, 6 caches, 4 model, 3 data."
    },
    footer = {
      "",
      "Examples:",
      "  scripts/virus-mnist doctor",
      "  scripts/virus-mnist doctor --device gpu --json"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private DeviceOptions device = new DeviceOptions();

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean isJson;

  @Option(
      names = "--model",
      paramLabel = "RUN_OR_SAVEDMODEL",
      description = "The model to check (default: savedmodel/mobilenetv2-32).")
  private Path model = Home.resolve("savedmodel/mobilenetv2-32");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Labelled CSVs to check (default: those in data/).")
  private List<Path> data =
      List.of(Home.resolve("data/train.csv.gz"), Home.resolve("data/test.csv.gz"));

  /** Runs the command. */
  @Override
  public Integer call() throws IOException {
    NativeCache cache = NativeCache.of(System.getenv(), System.getProperty("user.home"));
    Doctor doctor =
        new Doctor(new LocalMachine(), NativeBuild.on(DoctorCommand.class.getClassLoader()), cache);
    List<Doctor.Section> sections = sections(doctor);
    int exitCode =
        sections.stream()
            .filter(section -> !section.isOk())
            .map(Doctor.Section::exitCode)
            .findFirst()
            .orElse(ExitCode.OK);
    print(sections, exitCode);
    return exitCode;
  }

  private List<Doctor.Section> sections(Doctor doctor) throws IOException {
    List<Doctor.Section> sections = new ArrayList<>();
    ProgressBar bar = common.progressBar();
    bar.start();
    try {
      bar.show("Trying the device", 0, 2, "");
      sections.add(doctor.device(device.request()));
      sections.add(doctor.machine(CacheOptions.directory()));
      bar.show("Reading model and data", 1, 2, "");
      sections.addAll(doctor.inputs(model, data));
    } finally {
      bar.clear();
    }
    return sections;
  }

  private void print(List<Doctor.Section> sections, int exitCode) throws IOException {
    PrintWriter out = common.out();
    if (isJson) {
      out.print(ConfigJson.text(json(sections, exitCode)));
    } else {
      sections.forEach(section -> print(out, section));
      out.println();
      out.println(
          exitCode == ExitCode.OK ? "Everything asked for works." : "Not everything works.");
    }
    out.flush();
  }

  private static void print(PrintWriter out, Doctor.Section section) {
    out.println(section.name());
    String last = "";
    for (Finding finding : section.findings()) {
      String mark =
          switch (finding.status()) {
            case OK -> "ok";
            case NOT_OK -> "NOT OK";
            case NOT_NEEDED -> "-";
          };
      out.printf("  %-6s  %s: %s%n", mark, finding.subject(), finding.detail());
      if (!finding.next().isEmpty() && !finding.next().equals(last)) {
        out.printf("          %s%n", finding.next());
      }
      last = finding.next();
    }
  }

  private static Map<String, Object> json(List<Doctor.Section> sections, int exitCode) {
    List<Object> list = new ArrayList<>();
    for (Doctor.Section section : sections) {
      for (Finding finding : section.findings()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("section", section.name().toLowerCase(java.util.Locale.ROOT));
        entry.put("status", finding.status().name().toLowerCase(java.util.Locale.ROOT));
        entry.put("subject", finding.subject());
        entry.put("detail", finding.detail());
        entry.put("next", finding.next());
        list.add(entry);
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("exit_code", exitCode);
    json.put("findings", list);
    return json;
  }
}
