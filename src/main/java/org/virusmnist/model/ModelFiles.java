package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the files of a SavedModel: plain files where TensorFlow expects them, and none that it
 * would read instead of those that were checked.
 */
final class ModelFiles extends SimpleFileVisitor<Path> {
  /** MobileNetV2 with every signature has 2.4 MB. */
  static final long MAX_GRAPH_BYTES = 32L << 20;

  private static final long MAX_VARIABLES_BYTES = 4L << 30;
  private static final String VARIABLES = "variables";
  private static final Pattern VARIABLE_FILE =
      Pattern.compile("variables/variables\\.(index|data-\\d{5}-of-\\d{5})");
  private static final Set<String> GRAPHS = Set.of("saved_model.pbtxt", "saved_model.cpb");

  private final Path root;
  private final Problems problems;
  private boolean hasData;

  private ModelFiles(Path root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  static void check(Path directory, Problems problems) throws IOException {
    // The directory itself may be a link: its owner named it.
    Path root = directory.toRealPath();
    ModelFiles files = new ModelFiles(root, problems);
    Files.walkFileTree(root, files);
    if (!files.hasData) {
      problems.add("no file 'variables/variables.data-...' in it, so its variables are missing");
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    String name = name(directory);
    if (name.startsWith("assets") || name.equals("debug")) {
      problems.add("it has a directory '%s', expected a model without assets", name);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String name = name(file);
    if (!attributes.isRegularFile()) {
      problems.add(
          "'%s' is %s, expected a regular file",
          name, attributes.isSymbolicLink() ? "a symbolic link" : "a special file");
    } else if (GRAPHS.contains(name)) {
      problems.add("it has a second graph '%s' beside %s", name, SavedModelFile.GRAPH);
    } else if (name.startsWith(VARIABLES + "/")) {
      visitVariables(name, attributes.size());
    }
    return FileVisitResult.CONTINUE;
  }

  private void visitVariables(String name, long bytes) {
    if (!VARIABLE_FILE.matcher(name).matches()) {
      problems.add("unexpected file '%s'", name);
    }
    if (bytes > MAX_VARIABLES_BYTES) {
      problems.add("'%s' has %d bytes, expected at most %d", name, bytes, MAX_VARIABLES_BYTES);
    }
    hasData |= name.contains(".data-");
  }

  private String name(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }
}
