package org.virusmnist.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.filter.ThresholdFilter;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * Where log events of one command go: its stderr, and the run's {@code run.log} once there is a
 * run.
 *
 * <p>The console shows messages alone; the file has time, level, logger and stack traces.
 */
final class RunLog implements AutoCloseable {
  private static final String CONSOLE = "command-console";
  private static final String FILE = "run-file";
  private static final String OWN = "org.virusmnist";

  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

  RunLog(PrintWriter err, boolean isVerbose, boolean isQuiet) {
    Level level = isQuiet ? Level.WARN : isVerbose ? Level.DEBUG : Level.INFO;
    PatternLayout layout =
        PatternLayout.newBuilder()
            .withPattern(isVerbose ? "%d{HH:mm:ss.SSS} %-5level %msg%n" : "%msg%n%throwable{0}")
            .withCharset(StandardCharsets.UTF_8)
            .build();
    Filter filter = ThresholdFilter.createFilter(level, Filter.Result.ACCEPT, Filter.Result.DENY);
    add(WriterAppender.createAppender(layout, filter, err, CONSOLE, false, false));
  }

  /** Writes what follows into a file too. */
  void alsoTo(Path file) {
    PatternLayout layout =
        PatternLayout.newBuilder()
            .withPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{1} - %msg%n%throwable")
            .withCharset(StandardCharsets.UTF_8)
            .build();
    add(
        FileAppender.newBuilder()
            .setName(FILE)
            .withFileName(file.toString())
            .setLayout(layout)
            .build());
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
