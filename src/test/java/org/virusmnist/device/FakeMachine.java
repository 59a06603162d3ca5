package org.virusmnist.device;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A machine made of what a test says of it. */
final class FakeMachine implements Machine {
  static final String KERNEL =
      """
      NVRM version: NVIDIA UNIX x86_64 Kernel Module  %s  Sat Aug 19 01:15:15 UTC 2023
      GCC version:  gcc version 11.4.0 (Ubuntu 11.4.0-1ubuntu1~22.04)
      """;
  static final String SMI_LINE =
      "%d, NVIDIA H100 80GB HBM3, GPU-%d8ae5e4f, 81559, 80994, 9.0, %s\n";
  static final String LIBRARIES = "/usr/lib/x86_64-linux-gnu/";

  private final Map<String, String> environment = new HashMap<>();
  private final Map<Path, String> contents = new TreeMap<>();
  private final Map<Path, Path> links = new TreeMap<>();
  private String platform = "Linux amd64";
  private @Nullable CommandOutput smi;
  private int smiCalls;

  /** A machine with a driver as a package installs it. */
  static FakeMachine withDriver(String version) {
    return new FakeMachine()
        .file("/proc/driver/nvidia/version", KERNEL.formatted(version))
        .link(LIBRARIES + "libcuda.so.1", LIBRARIES + "libcuda.so." + version);
  }

  /** Adds the CUDA libraries where a package installs them. */
  FakeMachine withCuda() {
    CudaLibrary.IN_LOAD_ORDER.forEach(library -> file(LIBRARIES + library.soname(), ""));
    return this;
  }

  FakeMachine on(String other) {
    platform = other;
    return this;
  }

  FakeMachine variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  FakeMachine file(String path, String content) {
    contents.put(Path.of(path), content);
    return this;
  }

  FakeMachine link(String path, String target) {
    links.put(Path.of(path), Path.of(target));
    return file(target, "");
  }

  FakeMachine without(String name) {
    contents.remove(Path.of(LIBRARIES + name));
    links.remove(Path.of(LIBRARIES + name));
    return this;
  }

  FakeMachine smi(int exitCode, String text) {
    smi = new CommandOutput(exitCode, text);
    return this;
  }

  /** Adds a GPU as the kernel module lists it. */
  FakeMachine kernelGpu(String busAddress, String model) {
    return file(
        "/proc/driver/nvidia/gpus/" + busAddress + "/information",
        "Model: \t\t %s\nIRQ:   \t\t 30\n".formatted(model));
  }

  int smiCalls() {
    return smiCalls;
  }

  @Override
  public String platform() {
    return platform;
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public @Nullable String read(Path file) {
    return contents.get(file);
  }

  @Override
  public @Nullable Path resolve(Path file) {
    Path target = links.getOrDefault(file, file);
    return contents.containsKey(target) ? target : null;
  }

  @Override
  public List<String> list(Path directory) {
    List<Path> all = new ArrayList<>(contents.keySet());
    all.addAll(links.keySet());
    return all.stream()
        .filter(file -> file.startsWith(directory) && !file.equals(directory))
        .map(file -> directory.relativize(file).getName(0).toString())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public @Nullable CommandOutput run(Duration timeout, String... command) {
    smiCalls++;
    return smi;
  }
}
