package org.virusmnist.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.virusmnist.storage.AtomicDirectory.DirectoryWriter;

/**
 * Checkpoints of one run: directories {@code 000001}, {@code 000002}, … that are whole or absent.
 *
 * <p>A new one is filled under a hidden name, listed with hashes, forced to disk and renamed; then
 * the files {@code LATEST} and {@code BEST} are moved on, and what is neither among the newest nor
 * the best is deleted. Whenever the process ends in between, the checkpoint before is untouched. A
 * checkpoint is never written into a second time. For one thread of one process.
 */
public final class CheckpointStore {
  /** Holds the name of the newest checkpoint. */
  public static final String LATEST = "LATEST";

  /** Holds the name of the best checkpoint, as the run saw it. */
  public static final String BEST = "BEST";

  private final Path directory;
  private final int kept;

  /**
   * Creates a store; nothing is written yet.
   *
   * @param directory where the checkpoints are
   * @param kept how many of the newest are kept, 2 or more, so that one may turn out damaged
   */
  public CheckpointStore(Path directory, int kept) {
    if (kept < 2) {
      throw new IllegalArgumentException("checkpoints kept is " + kept + ", expected 2 or more");
    }
    this.directory = directory;
    this.kept = kept;
  }

  /**
   * Writes a checkpoint.
   *
   * @param isBest whether it is the best so far
   * @param writer fills it
   * @return the new checkpoint
   * @throws IOException if it cannot be written; the ones before are untouched
   */
  public Path write(boolean isBest, DirectoryWriter writer) throws IOException {
    String name = nextName();
    Path checkpoint = directory.resolve(name);
    AtomicDirectory.write(checkpoint, listed(writer));
    point(LATEST, name);
    if (isBest) {
      point(BEST, name);
    }
    deleteOld();
    return checkpoint;
  }

  /**
   * Writes a checkpoint as {@link #write} does and deletes it, to find out whether that works.
   *
   * @param writer fills it
   * @throws IOException if it cannot be written
   */
  public void rehearse(DirectoryWriter writer) throws IOException {
    Path hidden = directory.resolve(".rehearsal.tmp");
    AtomicDirectory.delete(hidden);
    AtomicDirectory.write(hidden, listed(writer));
    AtomicDirectory.delete(hidden);
  }

  private static DirectoryWriter listed(DirectoryWriter writer) {
    return unfinished -> {
      writer.writeTo(unfinished);
      Manifest.write(unfinished);
    };
  }

  /**
   * Finds the newest checkpoint that is whole.
   *
   * @param skipped is told, in a sentence, of each newer one that is not
   * @return the checkpoint, or nothing when there is none
   * @throws IOException if the directory cannot be read
   */
  public Optional<Path> newest(Consumer<String> skipped) throws IOException {
    List<String> names = names();
    pointed(LATEST)
        .filter(latest -> !names.contains(latest))
        .ifPresent(
            latest -> skipped.accept(LATEST + " names '" + latest + "', which is not there"));
    for (int i = names.size() - 1; i >= 0; i--) {
      Path checkpoint = directory.resolve(names.get(i));
      Optional<String> difference = Manifest.difference(checkpoint);
      if (difference.isEmpty()) {
        return Optional.of(checkpoint);
      }
      skipped.accept("checkpoint " + checkpoint + " is damaged: " + difference.get());
    }
    return Optional.empty();
  }

  /**
   * Removes a checkpoint that must not be resumed from.
   *
   * @param checkpoint one that this store returned
   * @throws IOException if it cannot be deleted
   */
  public void discard(Path checkpoint) throws IOException {
    delete(String.valueOf(checkpoint.getFileName()));
    List<String> names = names();
    if (!names.isEmpty()) {
      point(LATEST, names.get(names.size() - 1));
    }
  }

  /**
   * Removes what a process that was killed has left unfinished.
   *
   * @throws IOException if something cannot be deleted
   */
  public void deleteUnfinished() throws IOException {
    Unfinished.delete(directory);
  }

  private String nextName() throws IOException {
    List<String> names = names();
    long last = names.isEmpty() ? 0 : Long.parseLong(names.get(names.size() - 1));
    return String.format(Locale.ROOT, "%06d", last + 1);
  }

  private void point(String pointer, String name) throws IOException {
    AtomicFile.write(directory.resolve(pointer), out -> out.write((name + "\n").getBytes(UTF_8)));
  }

  /** Reads a pointer; one that is missing or damaged points nowhere. */
  private Optional<String> pointed(String pointer) {
    try {
      return Optional.of(Files.readString(directory.resolve(pointer), UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void deleteOld() throws IOException {
    List<String> names = new ArrayList<>(names());
    List<String> old = new ArrayList<>(names.subList(0, Math.max(0, names.size() - kept)));
    pointed(BEST).ifPresent(old::remove);
    for (String name : old) {
      delete(name);
    }
  }

  /** Renames before deleting: what is left of a deletion that stops halfway is no checkpoint. */
  private void delete(String name) throws IOException {
    Path hidden = directory.resolve("." + name + ".deleted.tmp");
    AtomicDirectory.delete(hidden);
    Files.move(directory.resolve(name), hidden);
    AtomicDirectory.delete(hidden);
  }

  /** The names of the checkpoints, oldest first. */
  private List<String> names() throws IOException {
    return contents().stream()
        .filter(name -> name.matches("\\d{6,18}"))
        .sorted(Comparator.comparingLong(Long::parseLong))
        .toList();
  }

  private List<String> contents() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> String.valueOf(path.getFileName())).toList();
    }
  }
}
