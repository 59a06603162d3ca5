package org.virusmnist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;
import org.virusmnist.model.SessionSettings.Device;

/** Values that no session would accept are refused where they are made, by name. */
class StepInputsTest {
  private static final float[] WEIGHTS = {1, 1};

  @Test
  void refusesRowsThatDoNotDivideIntoTheSteps() {
    Regularization none = Regularization.none(2);

    assertThatThrownBy(() -> new HeadSteps(new int[3], new float[2], none, 1))
        .hasMessage("3 row numbers for 2 steps, expected a multiple");
    assertThatThrownBy(() -> new HeadSteps(new int[3], new float[0], none, 1))
        .hasMessage("3 row numbers for 0 steps, expected a multiple");
    assertThat(new HeadSteps(new int[6], new float[2], none, 1).batchSize()).isEqualTo(3);
  }

  @Test
  void namesRowsByTheirPlaceInALargerSetAndLeavesPadding() {
    HeadSteps steps =
        new HeadSteps(new int[] {1, 0, 2, -1}, new float[2], Regularization.none(2), 1);

    HeadSteps placed = steps.inRowsOf(new int[] {10, 20, 30});

    assertThat(placed.rows()).containsExactly(20, 10, 30, -1);
    assertThat(placed.steps()).isEqualTo(2);
    assertThat(placed.seed()).isEqualTo(1);
    assertThatThrownBy(() -> steps.inRowsOf(new int[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void optimizesGraphsOnAGpuOnly() {
    assertThat(isOptimizerOff(Device.CPU)).isTrue();
    assertThat(isOptimizerOff(Device.GPU)).isFalse();
  }

  private static boolean isOptimizerOff(Device device) {
    return SessionSettings.on(device)
        .toConfigProto()
        .getGraphOptions()
        .getRewriteOptions()
        .getDisableMetaOptimizer();
  }

  @Test
  void refusesSharesThatAreNoShares() {
    assertThatThrownBy(() -> new Regularization(1, 0, 0, WEIGHTS))
        .hasMessage("dropout is 1.0, expected at least 0 and less than 1");
    assertThatThrownBy(() -> new Regularization(0, -0.1f, 0, WEIGHTS))
        .hasMessage("label smoothing is -0.1, expected at least 0 and less than 1");
    assertThatThrownBy(() -> new Regularization(Float.NaN, 0, 0, WEIGHTS))
        .hasMessage("dropout is NaN, expected at least 0 and less than 1");
    assertThatThrownBy(() -> new Regularization(0, 0, Float.NaN, WEIGHTS))
        .hasMessage("weight decay is NaN, expected 0 or more");
  }

  @Test
  void weighsEveryClassTheSameWithoutRegularization() {
    Regularization none = Regularization.none(3);

    assertThat(none.classWeights()).containsExactly(1, 1, 1);
    assertThat(none.dropout()).isZero();
  }

  @Test
  void keepsItsOwnCopyOfArrays() {
    float[] rates = {0.5f};
    HeadSteps steps = new HeadSteps(new int[] {0}, rates, Regularization.none(2), 1);
    rates[0] = 9;

    assertThat(steps.learningRates()).containsExactly(0.5f);
  }

  @Test
  void hidesTheGpusFromACpuSession() {
    ConfigProto cpu = SessionSettings.on(Device.CPU).toConfigProto();
    ConfigProto auto =
        new SessionSettings(Device.AUTO, Precision.FLOAT32, 3, 2, new GpuShare(1, 0.25), false)
            .toConfigProto();

    assertThat(cpu.getDeviceCountMap()).containsEntry("GPU", 0);
    assertThat(auto.getDeviceCountMap()).isEmpty();
    assertThat(auto.getGpuOptions().getAllowGrowth()).isTrue();
    assertThat(auto.getGpuOptions().getVisibleDeviceList()).isEqualTo("1");
    assertThat(auto.getGpuOptions().getPerProcessGpuMemoryFraction()).isEqualTo(0.25);
    assertThat(auto.getIntraOpParallelismThreads()).isEqualTo(3);
    assertThat(auto.getInterOpParallelismThreads()).isEqualTo(2);
  }

  @Test
  void refusesANegativeNumberOfThreads() {
    assertThatThrownBy(
            () -> new SessionSettings(Device.CPU, Precision.FLOAT32, -1, 0, GpuShare.FIRST, false))
        .hasMessage("threads are -1 and 0, expected 0 or more");
    assertThatThrownBy(
            () -> new SessionSettings(Device.CPU, Precision.FLOAT32, 0, -1, GpuShare.FIRST, false))
        .hasMessage("threads are 0 and -1, expected 0 or more");
  }
}
