package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'x", "\uFF1D1", "\uFF20x"})
  void whatCouldBeAFormulaGetsAnApostropheAndLosesItWhenRead(String text) {
    assertThat(SpreadsheetText.guard(text)).isEqualTo("'" + text);
    assertThat(SpreadsheetText.restore(SpreadsheetText.guard(text))).isEqualTo(text);
  }

  @Test
  void otherTextStaysAsItIs() {
    assertThat(SpreadsheetText.guard("9f86d081=")).isEqualTo("9f86d081=");
    assertThat(SpreadsheetText.guard("")).isEmpty();
    assertThat(SpreadsheetText.restore("a'b")).isEqualTo("a'b");
  }
}
