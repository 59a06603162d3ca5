package org.virusmnist.baseline;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import org.tribuo.math.Parameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.Tensor;

/** An optimiser that says how many of its steps are done. */
final class CountedSteps implements StochasticGradientOptimiser {
  private final StochasticGradientOptimiser optimiser;
  private final long total;
  private final BaselineProgress progress;
  private long done;

  CountedSteps(StochasticGradientOptimiser optimiser, long total, BaselineProgress progress) {
    this.optimiser = optimiser;
    this.total = total;
    this.progress = progress;
  }

  @Override
  public void initialise(Parameters parameters) {
    optimiser.initialise(parameters);
  }

  @Override
  public Tensor[] step(Tensor[] updates, double weight) {
    progress.advanced(BaselineProgress.Phase.FITTING, ++done, total);
    return optimiser.step(updates, weight);
  }

  @Override
  public void finalise() {
    optimiser.finalise();
  }

  @Override
  public void reset() {
    optimiser.reset();
  }

  @Override
  public StochasticGradientOptimiser copy() {
    return new CountedSteps(optimiser.copy(), total, progress);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return optimiser.getProvenance();
  }
}
