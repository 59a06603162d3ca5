package org.virusmnist.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version and revision of this build, written by Maven. */
final class BuildVersion implements IVersionProvider {
  private final Properties properties = new Properties();

  BuildVersion() {
    try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is not on the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String version() {
    return properties.getProperty("version");
  }

  /** Returns the git revision the build was made from, with "-dirty" if the tree had changes. */
  String revision() {
    String revision = properties.getProperty("revision");
    return revision.startsWith("$") ? "unknown" : revision;
  }

  String tensorflowJava() {
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
