package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the CPU says it can do.
 *
 * <p>TensorFlow does not ask before it computes in bfloat16. A CPU with plain AVX-512 emulates it
 * at 0.4 times the speed of float32, and on one without AVX-512 the process ends in an illegal
 * instruction (both measured by telling oneDNN so, {@code ONEDNN_MAX_CPU_ISA}).
 */
final class CpuFeatures {
  private static final Path LINUX = Path.of("/proc/cpuinfo");
  private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16");

  private CpuFeatures() {}

  /** Returns whether this machine's CPU has bfloat16 arithmetic that TensorFlow uses. */
  static boolean haveBfloat16() {
    return haveBfloat16(LINUX);
  }

  /** Returns whether the flags in a file like {@code /proc/cpuinfo} have it; false if unknown. */
  static boolean haveBfloat16(Path cpuInfo) {
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .limit(1)
          .flatMap(line -> Arrays.stream(line.split("\\s+")))
          .anyMatch(BFLOAT16::contains);
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the flags that were looked for. */
  static String bfloat16Flags() {
    return BFLOAT16.stream().sorted().collect(Collectors.joining(" nor "));
  }
}
