package org.virusmnist.cli.console;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.ErrorHandler;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.filter.ThresholdFilter;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.jspecify.annotations.Nullable;

/**
 * Where log events of one command go: its stderr, and the run's {@code run.log} once there is a
 * run.
 *
 * <p>The console shows messages alone; the file has time, level, logger and stack traces.
 */
public final class RunLog implements AutoCloseable {
  private static final String CONSOLE = "command-console";
  private static final String FILE = "run-file";
  private static final String OWN = "org.virusmnist";

  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final PrintWriter err;

  RunLog(PrintWriter err, boolean isVerbose, boolean isQuiet) {
    this.err = err;
    Level level = isQuiet ? Level.WARN : isVerbose ? Level.DEBUG : Level.INFO;
    PatternLayout layout =
        PatternLayout.newBuilder()
            .withPattern(isVerbose ? "%d{HH:mm:ss.SSS} %-5level %msg%n" : "%msg%n%throwable{0}")
            .withCharset(StandardCharsets.UTF_8)
            .build();
    Filter filter = ThresholdFilter.createFilter(level, Filter.Result.ACCEPT, Filter.Result.DENY);
    add(WriterAppender.createAppender(layout, filter, err, CONSOLE, false, false));
  }

  /**
   * Writes what follows into a file too. A disk that is full later costs the log its lines and a
   * warning, not the run.
   *
   * @throws IOException if the file cannot be written at all
   */
  public void alsoTo(Path file) throws IOException {
    FileChannel.open(file, CREATE, WRITE).close();
    PatternLayout layout =
        PatternLayout.newBuilder()
            .withPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{1} - %msg%n%throwable")
            .withCharset(StandardCharsets.UTF_8)
            .build();
    FileAppender appender = open(file, layout);
    appender.setHandler(new WarnOnce(file, err));
    add(appender);
  }

  private static FileAppender open(Path file, PatternLayout layout) throws IOException {
    try {
      return FileAppender.newBuilder()
          .setName(FILE)
          .withFileName(file.toString())
          .setLayout(layout)
          .build();
    } catch (IllegalStateException e) {
      throw new IOException(file + ": cannot be written. Check disk and directory.", e);
    }
  }

  /** Says once that a file does not take what is written. */
  private static final class WarnOnce implements ErrorHandler {
    private final Path file;
    private final PrintWriter err;
    private final AtomicBoolean isSaid = new AtomicBoolean();

    WarnOnce(Path file, PrintWriter err) {
      this.file = file;
      this.err = err;
    }

    @Override
    public void error(String message) {
      if (!isSaid.getAndSet(true)) {
        err.println(file + ": the log cannot be written, lines will be missing. Free some space.");
      }
    }

    @Override
    public void error(String message, @Nullable Throwable problem) {
      error(message);
    }

    @Override
    public void error(String message, @Nullable LogEvent event, @Nullable Throwable problem) {
      error(message);
    }
  }

  private void add(Appender appender) {
    appender.start();
    Configuration configuration = context.getConfiguration();
    configuration.addAppender(appender);
    own(configuration).addAppender(appender, Level.DEBUG, null);
    context.updateLoggers();
  }

  /** This application's loggers alone: what libraries say is not for the user of a command. */
  private static LoggerConfig own(Configuration configuration) {
    LoggerConfig logger = configuration.getLoggerConfig(OWN);
    if (!logger.getName().equals(OWN)) {
      logger = new LoggerConfig(OWN, Level.DEBUG, false);
      configuration.addLogger(OWN, logger);
    }
    return logger;
  }

  @Override
  public void close() {
    remove(CONSOLE);
    remove(FILE);
    context.updateLoggers();
  }

  private void remove(String name) {
    Configuration configuration = context.getConfiguration();
    Appender appender = configuration.getAppender(name);
    if (appender != null) {
      own(configuration).removeAppender(name);
      appender.stop();
      configuration.getAppenders().remove(name);
    }
  }
}
