package org.virusmnist.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A look into JSON whose keys may be absent, as files of older or newer versions are.
 *
 * @param value a map, a list, text, a number, a boolean or null
 */
public record JsonTree(@Nullable Object value) {
  /**
   * Returns the value at a path of keys.
   *
   * @param path names of nested objects' keys
   * @return the value there, null in the tree where the path ends early
   */
  public JsonTree at(String... path) {
    Object at = value;
    for (String key : path) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return new JsonTree(at);
  }

  /** Whether there is a value. */
  public boolean isPresent() {
    return value != null;
  }

  /** Returns the value as text, empty where there is none. */
  public String text() {
    return value == null ? "" : value.toString();
  }

  /** Returns the value as a number, NaN where it is none. */
  public double number() {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Returns the elements of a list, none where the value is no list. */
  public List<JsonTree> list() {
    List<JsonTree> elements = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(element -> elements.add(new JsonTree(element)));
    }
    return elements;
  }
}
