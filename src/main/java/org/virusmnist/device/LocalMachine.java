package org.virusmnist.device;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machine this process runs on. */
public final class LocalMachine implements Machine {

  @Override
  public String platform() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  @Override
  public Map<String, String> environment() {
    return System.getenv();
  }

  @Override
  public @Nullable String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public @Nullable Path resolve(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public List<String> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public @Nullable CommandOutput run(Duration timeout, String... command) {
    File output = null;
    try {
      // Into a file: a pipe that nobody reads while waiting could fill up.
      output = File.createTempFile("virus-mnist-", ".txt");
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
      process.getOutputStream().close();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return null;
      }
      return new CommandOutput(
          process.exitValue(), Files.readString(output.toPath(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      if (output != null) {
        output.delete();
      }
    }
  }
}
