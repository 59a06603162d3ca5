package org.virusmnist.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.model.DeviceUnavailableException;
import org.virusmnist.model.ModelCallException;
import org.virusmnist.model.ModelContractException;
import org.virusmnist.model.PrecisionUnavailableException;
import org.virusmnist.training.DivergedException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One line on stderr and an exit code for everything that can go wrong. */
public final class ErrorLine {
  private ErrorLine() {}

  /** A command line that cannot be understood. */
  public static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "virus-mnist: "
                + oneLine(String.valueOf(e.getMessage()))
                + " (try '"
                + command.getCommandSpec().qualifiedName()
                + " --help')");
    return ExitCode.USAGE;
  }

  /** A command that failed. */
  public static int failure(Exception thrown, CommandLine command, ParseResult parsed) {
    // Streams of the JDK can throw nothing else than this while a directory is read.
    Exception e =
        thrown instanceof UncheckedIOException io ? Objects.requireNonNull(io.getCause()) : thrown;
    command.getErr().println("virus-mnist: " + message(e));
    if (parsed.expandedArgs().contains("--verbose")) {
      e.printStackTrace(command.getErr());
    }
    return exitCode(e);
  }

  /** Data that do not fit into the heap. */
  public static int outOfMemory(OutOfMemoryError e, PrintWriter err) {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    err.println(
        "virus-mnist: out of memory (%s), Java may use %d MB. Use less data, or allow more with"
                .formatted(oneLine(String.valueOf(e.getMessage())), megabytes)
            + " JAVA_OPTS=-Xmx8g.");
    return ExitCode.UNEXPECTED;
  }

  static int exitCode(Throwable e) {
    if (e instanceof DatasetFormatException) {
      return ExitCode.DATA;
    }
    if (e instanceof ModelCallException failed && failed.isOutOfMemory()) {
      return ExitCode.DEVICE;
    }
    if (e instanceof ModelContractException || e instanceof ModelCallException) {
      return ExitCode.MODEL;
    }
    if (e instanceof DeviceUnavailableException) {
      return ExitCode.DEVICE;
    }
    if (e instanceof PrecisionUnavailableException) {
      return ExitCode.USAGE;
    }
    if (e instanceof DivergedException) {
      return ExitCode.DIVERGED;
    }
    if (e instanceof InterruptedRunException interrupted) {
      return interrupted.exitCode();
    }
    if (e instanceof ResumeRefusedException refused) {
      return refused.exitCode();
    }
    return e instanceof IOException ? ExitCode.INPUT_OUTPUT : ExitCode.UNEXPECTED;
  }

  /** Returns one line that says what a failure means. */
  public static String message(Throwable e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or directory. Check the path.";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied. Check the owner and mode of the path.";
    }
    if (e instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + ": exists already and is not overwritten. Name another path.";
    }
    if (e instanceof DirectoryNotEmptyException full) {
      return full.getFile() + ": not empty, a run is never overwritten. Name another directory.";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + oneLine(file.getReason());
    }
    if (e instanceof IOException
        || e instanceof DivergedException
        || e instanceof ModelCallException
        || e instanceof InterruptedRunException) {
      return oneLine(String.valueOf(e.getMessage()));
    }
    return "unexpected "
        + oneLine(e.toString())
        + ". This is a fault of virus-mnist; run again with --verbose and report what it prints.";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
