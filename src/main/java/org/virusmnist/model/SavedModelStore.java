package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Loads a SavedModel into a session, and copies it with the weights of a session. */
final class SavedModelStore {
  private static final Path VARIABLES = Path.of("variables");

  private SavedModelStore() {}

  static ModelSession load(SavedModelFile file, SessionSettings settings)
      throws ModelContractException {
    try {
      return ModelSession.open(
          settings.isDeterministic() ? file.deterministic() : file, settings.toConfigProto());
    } catch (RuntimeException e) {
      // Not TensorFlowException alone: its invalid arguments are IllegalArgumentExceptions.
      throw new ModelContractException(
          file.directory(), "TensorFlow cannot load it: " + firstLine(e), e);
    }
  }

  static String firstLine(Exception e) {
    String message =
        String.valueOf(e.getMessage()).replaceAll("\\{\\{function_node [^}]*\\}\\} ", "").strip();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Copies everything but the variables and lets the session write those. */
  static void export(Path source, ModelSession session, Path target) throws IOException {
    copyWithoutVariables(source, target);
    Path variables = Files.createDirectory(target.resolve(VARIABLES));
    session.save(variables.resolve("variables"));
  }

  private static void copyWithoutVariables(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            Path relative = source.relativize(from);
            if (relative.equals(VARIABLES)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target.resolve(relative));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(from, target.resolve(source.relativize(from)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
