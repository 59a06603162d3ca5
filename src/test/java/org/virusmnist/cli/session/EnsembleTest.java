package org.virusmnist.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.virusmnist.report.ModelTraining;

/** Models whose probabilities are averaged must mean the same by a class. */
class EnsembleTest {
  private static ModelTraining training(@Nullable String recipe, String... names) {
    return new ModelTraining(List.of(names), 0.5, 1.0, recipe);
  }

  @Test
  void refusesOtherClassNames() {
    assertThat(Ensemble.difference(training("code", "a", "b"), training("code", "a", "c")))
        .isEqualTo("calls class 1 'c', expected 'b'");
  }

  @Test
  void refusesAnotherRecipe() {
    assertThat(Ensemble.difference(training("header", "a"), training("code", "a")))
        .isEqualTo("was trained on images of the recipe 'code', expected 'header'");
  }

  @Test
  void acceptsTheSameAndWhatIsNotKnown() {
    ModelTraining known = training("header", "a", "b");
    assertThat(Ensemble.difference(known, training("header", "a", "b"))).isEmpty();
    assertThat(Ensemble.difference(known, training(null, "a", "b"))).isEmpty();
    assertThat(Ensemble.difference(training(null, "a", "b"), known)).isEmpty();
    assertThat(Ensemble.difference(known, null)).isEmpty();
    assertThat(Ensemble.difference(null, known)).isEmpty();
  }
}
