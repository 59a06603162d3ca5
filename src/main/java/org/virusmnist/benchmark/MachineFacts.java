package org.virusmnist.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a measurement depends on and Java can see: processor, memory, system, JVM. */
public final class MachineFacts {
  private static final String[] PROCESSOR_NAMES = {"model name", "Model", "Hardware"};
  private static final double KIB_PER_GIB = 1 << 20;

  private final Path proc;

  /** Looks at this machine. */
  public MachineFacts() {
    this(Path.of("/proc"));
  }

  MachineFacts(Path proc) {
    this.proc = proc;
  }

  /**
   * Returns the facts.
   *
   * @return name and value of each, in the order to show them; what is unknown is left out
   */
  public Map<String, String> read() {
    Map<String, String> facts = new LinkedHashMap<>();
    put(facts, "cpu", processor());
    put(facts, "processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    put(facts, "memory", memory());
    put(facts, "os", property("os.name") + " " + property("os.version"));
    put(facts, "architecture", property("os.arch"));
    put(facts, "java", property("java.vm.name") + " " + property("java.runtime.version"));
    return facts;
  }

  private @Nullable String processor() {
    for (String name : PROCESSOR_NAMES) {
      String found = value("cpuinfo", name);
      if (found != null) {
        return found.replaceAll("\\s+", " ");
      }
    }
    return null;
  }

  private @Nullable String memory() {
    String kib = value("meminfo", "MemTotal");
    return kib == null
        ? null
        : String.format(
            Locale.ROOT, "%.1f GiB", Long.parseLong(kib.replaceAll("\\D", "")) / KIB_PER_GIB);
  }

  /** Returns what follows a name and a colon on a line of a file, or null. */
  private @Nullable String value(String file, String name) {
    try (Stream<String> lines = Files.lines(proc.resolve(file))) {
      return lines
          .map(line -> line.split(":", 2))
          .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
          .map(parts -> parts[1].strip())
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.put(name, value);
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
