package org.virusmnist.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.virusmnist.dataset.Shards;
import org.virusmnist.storage.AtomicDirectory;
import org.virusmnist.storage.MappedRows;

/**
 * Features of more images than memory holds: one mapped file for each of the {@link Shards}.
 *
 * <p>A file is the features of its rows one after the other, float32 in the machine's order.
 */
public final class FeatureShards implements FeatureRows {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Shards shards;
  private final int featureCount;
  private final List<MappedRows> files;

  private FeatureShards(Shards shards, int featureCount, List<MappedRows> files) {
    this.shards = shards;
    this.featureCount = featureCount;
    this.files = files;
  }

  /** Takes features row by row in the order of the data set. */
  public interface Sink {
    /**
     * Takes the next rows.
     *
     * @param features rows × F values
     * @throws IOException if they cannot be written
     */
    void append(float[] features) throws IOException;
  }

  /** Computes features. */
  @FunctionalInterface
  public interface Producer {
    /**
     * Hands over all rows.
     *
     * @param sink takes them
     * @throws IOException if they cannot be written
     */
    void into(Sink sink) throws IOException;
  }

  /**
   * Writes features and maps them.
   *
   * @param directory the directory to make; it appears whole or not at all
   * @param shards of the data set
   * @param featureCount F
   * @param producer computes as many rows as the data set has
   * @return the features; the directory must stay as long as they are used
   * @throws IOException if they cannot be written
   */
  public static FeatureShards write(
      Path directory, Shards shards, int featureCount, Producer producer) throws IOException {
    AtomicDirectory.write(
        directory,
        unfinished -> {
          try (Writer out = new Writer(unfinished, shards, featureCount)) {
            producer.into(out);
            out.requireAll();
          }
        });
    List<MappedRows> files = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      files.add(MappedRows.open(file(directory, shard), featureCount * Float.BYTES));
    }
    return new FeatureShards(shards, featureCount, files);
  }

  private static Path file(Path directory, int shard) {
    return directory.resolve(String.format(Locale.ROOT, "%05d.features", shard));
  }

  /** The files of all shards, open for writing. */
  private static final class Writer implements Sink, AutoCloseable {
    private final Shards shards;
    private final byte[] row;
    private final List<OutputStream> streams = new ArrayList<>();
    private int rows;

    Writer(Path directory, Shards shards, int featureCount) throws IOException {
      this.shards = shards;
      this.row = new byte[featureCount * Float.BYTES];
      try {
        for (int shard = 0; shard < shards.count(); shard++) {
          OutputStream file = Files.newOutputStream(file(directory, shard));
          streams.add(new BufferedOutputStream(file, BUFFER_BYTES));
        }
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    @Override
    public void append(float[] features) throws IOException {
      int width = row.length / Float.BYTES;
      ByteBuffer bytes = ByteBuffer.wrap(row).order(ByteOrder.nativeOrder());
      for (int from = 0; from < features.length; from += width) {
        bytes.asFloatBuffer().put(features, from, width);
        streams.get(shards.shard(rows++)).write(row);
      }
    }

    void requireAll() {
      if (rows != shards.rows()) {
        throw new IllegalStateException(
            "%d rows of features, expected %d".formatted(rows, shards.rows()));
      }
    }

    @Override
    public void close() throws IOException {
      IOException first = null;
      for (OutputStream stream : streams) {
        try {
          stream.close();
        } catch (IOException e) {
          first = first == null ? e : first;
        }
      }
      if (first != null) {
        throw first;
      }
    }
  }

  @Override
  public int size() {
    return shards.rows();
  }

  @Override
  public int featureCount() {
    return featureCount;
  }

  @Override
  public void copyTo(int row, ByteDataBuffer target) {
    ByteBuffer bytes = files.get(shards.shard(row)).row(shards.place(row));
    DataBuffers.of(bytes).copyTo(target, bytes.remaining());
  }
}
