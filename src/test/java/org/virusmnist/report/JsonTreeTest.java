package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTreeTest {
  private static final JsonTree TREE =
      new JsonTree(Map.of("a", Map.of("b", 3), "list", List.of(1, "x")));

  @Test
  void findsNestedValues() {
    assertThat(TREE.at("a", "b").number()).isEqualTo(3);
    assertThat(TREE.at("a", "b").text()).isEqualTo("3");
    assertThat(TREE.at("list").list()).containsExactly(new JsonTree(1), new JsonTree("x"));
  }

  @Test
  void isEmptyWhereThereIsNothing() {
    JsonTree nothing = TREE.at("a", "b", "c");

    assertThat(nothing.isPresent()).isFalse();
    assertThat(nothing.text()).isEmpty();
    assertThat(nothing.number()).isNaN();
    assertThat(nothing.list()).isEmpty();
    assertThat(TREE.at("list").number()).isNaN();
  }
}
