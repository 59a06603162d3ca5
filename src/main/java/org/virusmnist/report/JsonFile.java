package org.virusmnist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.virusmnist.storage.AtomicFile;

/** A JSON file of a run directory: UTF-8, indented, snake_case keys in the order given. */
final class JsonFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new SimpleModule().addSerializer(Path.class, new ToStringSerializer()))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private JsonFile() {}

  /** Writes a whole file, or leaves it as it was. */
  static void write(Path file, Object value) throws IOException {
    String json = text(value);
    AtomicFile.write(file, out -> out.write(json.getBytes(UTF_8)));
  }

  /** Returns what {@link #write} writes. */
  static String text(Object value) {
    return text(writer(), value) + "\n";
  }

  /** Returns JSON on one line, without a line feed. */
  static String line(Object value) {
    return text(MAPPER.writer(), value);
  }

  private static String text(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for " + value, e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or with file, line and column if it is not JSON
   */
  static JsonNode read(Path file) throws IOException {
    String json = Files.readString(file, UTF_8);
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (!tree.isObject()) {
        throw new IOException(file + ": is no JSON object");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new IOException(place(file, e.getLocation()) + problem(e), e);
    }
  }

  /**
   * Reads a file as a Java type.
   *
   * @throws IOException as above, or if a key is missing, not known or of another type
   */
  static <T> T read(Path file, Class<T> type) throws IOException {
    return read(file, type, Map.of());
  }

  /**
   * The same with values for keys that files of earlier versions lack.
   *
   * @throws IOException as above
   */
  static <T> T read(Path file, Class<T> type, Map<String, String> absent) throws IOException {
    ObjectNode tree = (ObjectNode) read(file);
    absent.forEach((key, value) -> tree.putIfAbsent(key, tree.textNode(value)));
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": " + problem(e), e);
    }
  }

  private static ObjectWriter writer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(indenter));
  }

  private static String place(Path file, JsonLocation location) {
    return "%s:%d:%d: ".formatted(file, location.getLineNr(), location.getColumnNr());
  }

  /** One line; where Jackson's binding complains, without the names of Java classes. */
  private static String problem(JsonProcessingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("is not valid");
    return e instanceof JsonMappingException ? message.replaceFirst(" \\(.*", "") : message;
  }
}
