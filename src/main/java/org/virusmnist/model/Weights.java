package org.virusmnist.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The weights that a model predicts with, copied out of its session.
 *
 * <p>What only training needs, such as the optimizer's slots, is not among them. Immutable.
 */
public final class Weights {
  private final SortedMap<String, float[]> values;

  /** Takes values over; the arrays must not change afterwards. */
  Weights(Map<String, float[]> values) {
    this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Returns the values of every variable, row-major, by the variable's name. */
  SortedMap<String, float[]> values() {
    return values;
  }

  /**
   * Returns the mean of these weights, which stand for some, and one more.
   *
   * @param next the weights to add
   * @param count how many weights these are the mean of, 1 or more
   * @return the mean of {@code count + 1} weights
   * @throws IllegalArgumentException if they are another model's
   */
  public Weights average(Weights next, int count) {
    if (!sizes().equals(next.sizes())) {
      throw new IllegalArgumentException("the weights are of another model, expected the same");
    }
    SortedMap<String, float[]> mean = new TreeMap<>(values);
    next.values.forEach(
        (name, other) -> mean.computeIfPresent(name, (key, mine) -> moved(mine, other, count + 1)));
    return new Weights(mean);
  }

  /** Moves values by a part of the way towards others. */
  private static float[] moved(float[] from, float[] to, int parts) {
    float[] moved = from.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (from[i] + ((double) to[i] - from[i]) / parts);
    }
    return moved;
  }

  private SortedMap<String, Integer> sizes() {
    SortedMap<String, Integer> sizes = new TreeMap<>();
    values.forEach((name, array) -> sizes.put(name, array.length));
    return sizes;
  }

  /**
   * Writes the weights; {@link #read} returns them to the bit.
   *
   * @param out receives the number of variables, then name, length and big-endian values of each
   * @throws IOException if they cannot be written
   */
  public void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
    data.writeInt(values.size());
    for (Map.Entry<String, float[]> variable : values.entrySet()) {
      data.writeUTF(variable.getKey());
      data.writeInt(variable.getValue().length);
      ByteBuffer bytes = ByteBuffer.allocate(variable.getValue().length * Float.BYTES);
      bytes.asFloatBuffer().put(variable.getValue());
      data.write(bytes.array());
    }
    data.flush();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the weights and nothing after them
   * @return the weights
   * @throws IOException if they cannot be read or are cut short
   */
  public static Weights read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(new BufferedInputStream(in));
    SortedMap<String, float[]> values = new TreeMap<>();
    for (int left = data.readInt(); left > 0; left--) {
      String name = data.readUTF();
      float[] array = new float[data.readInt()];
      ByteBuffer.wrap(data.readNBytes(array.length * Float.BYTES)).asFloatBuffer().get(array);
      values.put(name, array);
    }
    return new Weights(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weights weights
        && values.keySet().equals(weights.values.keySet())
        && values.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue(), weights.values.get(e.getKey())));
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (Map.Entry<String, float[]> variable : values.entrySet()) {
      hash = 31 * hash + variable.getKey().hashCode();
      hash = 31 * hash + Arrays.hashCode(variable.getValue());
    }
    return hash;
  }
}
