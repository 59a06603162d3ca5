package org.virusmnist.dataset;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** One image from grey to RGB in a batch of 256. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RgbFillBenchmark {
  private static final int BATCH = 256;

  private final ImageSet images = images();
  private final ByteDataBuffer target = DataBuffers.ofBytes(BATCH * ImageSet.PIXELS * 3L);

  private static ImageSet images() {
    byte[] grey = new byte[BATCH * ImageSet.PIXELS];
    new Random(1).nextBytes(grey);
    return ImageSet.of(grey, new int[BATCH]);
  }

  /** Fills a batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public ByteDataBuffer fill() {
    images.fillRgb(0, BATCH, target);
    return target;
  }
}
