package org.virusmnist.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code config.json}: what a run was asked to do, and what it did it with.
 *
 * <p>Pretty printed, keys in snake_case in the order of the map or of the record's components, one
 * line feed at the end. Paths are written as text.
 */
public final class ConfigJson {
  private ConfigJson() {}

  /**
   * Writes the file, replacing the one that is there.
   *
   * @param file path of {@code config.json}
   * @param config a map that keeps its order, or a record; values are numbers, text, booleans,
   *     paths, enum constants, lists, maps and records of these
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, Object config) throws IOException {
    JsonFile.write(file, config);
  }

  /**
   * Returns what {@link #write} would write.
   *
   * @param config as there
   * @return JSON, with one line feed at the end
   */
  public static String text(Object config) {
    return JsonFile.text(config);
  }

  /**
   * Returns the same on one line.
   *
   * @param config as in {@link #write}
   * @return JSON without a line feed
   */
  public static String line(Object config) {
    return JsonFile.line(config);
  }

  /**
   * Reads a file as a map in the order of its keys.
   *
   * @param file path of {@code config.json}
   * @return values as Java's: {@code Integer}, {@code Long}, {@code Double}, {@code Boolean},
   *     {@code String}, {@code List}, {@code Map}, null
   * @throws IOException if it cannot be read, or with file, line and column if it is not JSON
   */
  public static Map<String, @Nullable Object> read(Path file) throws IOException {
    Map<?, ?> json = JsonFile.read(file, LinkedHashMap.class);
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    json.forEach((key, value) -> config.put((String) key, value));
    return config;
  }

  /**
   * Reads a file as a record.
   *
   * @param file path of {@code config.json}
   * @param type a record whose components are the keys in camelCase; all must be there, none more
   * @throws IOException if it cannot be read, or with file, line and column if it is not JSON or
   *     does not fit the record
   */
  public static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    return JsonFile.read(file, type);
  }
}
