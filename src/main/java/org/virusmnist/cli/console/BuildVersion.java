package org.virusmnist.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version and revision of this build, written by Maven. */
public final class BuildVersion implements IVersionProvider {
  private final Properties properties = new Properties();

  /** Reads what the build has written beside this class. */
  public BuildVersion() {
    try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is not on the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the version of virus-mnist. */
  public String version() {
    return properties.getProperty("version");
  }

  /** Returns the git revision the build was made from, with "-dirty" if the tree had changes. */
  public String revision() {
    String revision = properties.getProperty("revision");
    return revision.startsWith("$") ? "unknown" : revision;
  }

  /** Returns the version of TensorFlow Java. */
  public String tensorflowJava() {
    return properties.getProperty("tensorflow-java");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "virus-mnist %s (revision %s, TensorFlow Java %s, Java %s)"
          .formatted(version(), revision(), tensorflowJava(), System.getProperty("java.version"))
    };
  }
}
