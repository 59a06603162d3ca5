package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvaluationTextTest {
  private final EvaluationResult result = EvaluationExample.result();

  @Test
  void tableHasOneLinePerClassAndTheAverages() {
    assertThat(EvaluationText.classTable(result))
        .isEqualTo(
            """
                              precision  recall      f1  support
            benign                0.500   1.000   0.667        1
            go_windows            1.000   0.333   0.500        3
            efi_image             0.000   0.000   0.000        0

            macro average         0.500   0.444   0.389        4
            weighted average      0.875   0.500   0.542        4
            """);
  }

  @Test
  void matrixHasTrueClassesInRows() {
    assertThat(EvaluationText.matrix(result.namedMatrix()))
        .isEqualTo(
            """
            true \\ predicted       0    1    2
            0  benign              1    0    0
            1  go_windows          1    1    1
            2  efi_image           0    0    0
            """);
  }

  @Test
  void confusedPairsSayWhatWasTakenForWhat() {
    assertThat(EvaluationText.confusedPairs(result.namedMatrix(), 1))
        .isEqualTo("go_windows       → benign               1 rows   33.3 %\n");
  }

  @Test
  void summaryHasTheIntervalAndTheRows() {
    assertThat(EvaluationText.summary(result.evaluation()))
        .isEqualTo(
            "accuracy 0.5000 (95 % interval 0.1500 to 0.8500), loss 1.0000, macro F1 0.3889,"
                + " top-3 1.0000, 4 rows");
  }
}
