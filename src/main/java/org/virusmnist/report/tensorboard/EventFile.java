package org.virusmnist.report.tensorboard;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;
import org.virusmnist.storage.DiskFailure;

/**
 * A file of events that TensorBoard shows while it grows.
 *
 * <p>Values are kept in memory until {@link #flush}. The file is only ever appended to: a reader
 * finds whole records and perhaps the beginning of one more. For one thread.
 */
public final class EventFile implements AutoCloseable {
  private static final String NAME = "events.out.tfevents.virus-mnist";
  private static final String VERSION = "brain.Event:2";
  private static final int PNG_WIDTH = 16;
  private static final int RGB = 3;

  private final Path file;
  private final FileChannel channel;
  private final LongSupplier millis;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  private EventFile(Path file, FileChannel channel, LongSupplier millis) {
    this.file = file;
    this.channel = channel;
    this.millis = millis;
  }

  /**
   * Starts a file, in place of the one that is there.
   *
   * @param directory the TensorBoard run it belongs to; made if it is missing
   * @param millis the time since 1970 in milliseconds
   * @return the file, to be closed by the caller
   * @throws IOException if it cannot be written
   */
  public static EventFile create(Path directory, LongSupplier millis) throws IOException {
    EventFile file = open(directory, 0, millis);
    file.add(file.event(0).setFileVersion(VERSION));
    return file;
  }

  /**
   * Goes on with a file after so many bytes; what comes behind them is cut off.
   *
   * @param directory the TensorBoard run it belongs to
   * @param bytes a length that {@link #sync} returned
   * @param millis the time since 1970 in milliseconds
   * @return the file, to be closed by the caller; a new one where it is not that long
   * @throws IOException if it cannot be written
   */
  public static EventFile resume(Path directory, long bytes, LongSupplier millis)
      throws IOException {
    Path file = directory.resolve(NAME);
    boolean isThere = Files.isRegularFile(file) && Files.size(file) >= bytes;
    return isThere ? open(directory, bytes, millis) : create(directory, millis);
  }

  private static EventFile open(Path directory, long bytes, LongSupplier millis)
      throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(NAME);
    FileChannel channel = FileChannel.open(file, CREATE, WRITE);
    try {
      channel.truncate(bytes).position(bytes);
      return new EventFile(file, channel, millis);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Adds values of one step.
   *
   * @param step number of the step, from 0
   * @param values by tag
   */
  public void addScalars(long step, Map<String, Double> values) {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) ->
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
    add(event(step).setSummary(summary));
  }

  /**
   * Adds a picture.
   *
   * @param step number of the step, from 0
   * @param tag its name
   * @param png a whole PNG file
   */
  public void addImage(long step, String tag, byte[] png) {
    ByteBuffer header = ByteBuffer.wrap(png, PNG_WIDTH, 2 * Integer.BYTES);
    Summary.Image.Builder image =
        Summary.Image.newBuilder()
            .setWidth(header.getInt())
            .setHeight(header.getInt())
            .setColorspace(RGB)
            .setEncodedImageString(ByteString.copyFrom(png));
    Summary.Value.Builder value = Summary.Value.newBuilder().setTag(tag).setImage(image);
    add(event(step).setSummary(Summary.newBuilder().addValue(value)));
  }

  /**
   * Adds what a run was asked to do, for the hparams plugin: it compares runs by these values and
   * by the scalars of this file.
   *
   * @param values numbers, truth values or text by name
   * @param startSeconds when the run started, in seconds since 1970; it ends now
   */
  public void addHyperParameters(Map<String, ?> values, double startSeconds) {
    Summary.Value start = HyperParameters.start(values, startSeconds);
    add(event(0).setSummary(Summary.newBuilder().addValue(start)));
    Summary.Value end = HyperParameters.end(seconds());
    add(event(0).setSummary(Summary.newBuilder().addValue(end)));
  }

  private Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(seconds()).setStep(step);
  }

  private double seconds() {
    return millis.getAsLong() / 1e3;
  }

  private void add(Event.Builder event) {
    TfRecord.append(pending, event.build().toByteArray());
  }

  /**
   * Hands everything that was added to the operating system.
   *
   * @throws IOException if it cannot be written
   */
  public void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw DiskFailure.writing(file, e);
    }
    pending.reset();
  }

  /**
   * Makes sure that everything that was added outlives this machine's power.
   *
   * @return the bytes of the file
   * @throws IOException if it cannot be written
   */
  public long sync() throws IOException {
    flush();
    try {
      channel.force(true);
    } catch (IOException e) {
      throw DiskFailure.writing(file, e);
    }
    return channel.position();
  }

  /** Flushes and closes the file. */
  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }
}
