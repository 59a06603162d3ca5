package org.virusmnist.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong with a model, in the order it was found; a long list is cut short in messages. */
final class Problems {
  private static final int SHOWN = 8;

  private final List<String> found = new ArrayList<>();

  void add(String format, Object... arguments) {
    String problem = String.format(Locale.ROOT, format, arguments);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<String> toList() {
    if (found.size() <= SHOWN) {
      return List.copyOf(found);
    }
    List<String> shown = new ArrayList<>(found.subList(0, SHOWN));
    shown.add("and " + (found.size() - SHOWN) + " more");
    return shown;
  }
}
