package org.virusmnist.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files in some folders and below, up to a number; then the folders that are left, for others
 * to look into. Memory holds the names of folders under way.
 */
final class FolderWalk implements Iterator<SampleFile> {
  private final Configuration settings;
  private final Deque<String> folders = new ArrayDeque<>();
  private final long most;
  private Iterator<SampleFile> entries = Collections.emptyIterator();
  private String folder = "";
  private long listed;
  private @Nullable SampleFile next;

  /**
   * Begins a walk.
   *
   * @param most entries after which no other folder is begun; the first one always is
   */
  FolderWalk(Iterator<String> folders, Configuration settings, long most) {
    folders.forEachRemaining(this.folders::add);
    this.settings = settings;
    this.most = most;
  }

  @Override
  public boolean hasNext() {
    boolean isUnderWay = true;
    while (next == null && isUnderWay) {
      isUnderWay = advance();
    }
    return next != null;
  }

  @Override
  public SampleFile next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    SampleFile entry = next;
    next = null;
    return entry;
  }

  /** Goes on by an entry or to the next folder; false behind the last. */
  private boolean advance() {
    try {
      if (entries.hasNext()) {
        next = accept(entries.next());
        listed++;
        return true;
      }
    } catch (UncheckedIOException e) {
      entries = Collections.emptyIterator();
      next = fault(Objects.requireNonNull(e.getCause()));
      return true;
    }
    if (folders.isEmpty()) {
      return false;
    }
    next = begin(folders.remove());
    return true;
  }

  /** Begins a folder, or returns it where enough was listed, or where it cannot be read. */
  private @Nullable SampleFile begin(String path) {
    if (listed > 0 && listed >= most) {
      return SampleFile.folder(path);
    }
    folder = path;
    try {
      Path there = new Path(path);
      entries = Folder.list(there, HadoopSettings.files(there, settings));
      return null;
    } catch (IOException e) {
      return fault(e);
    }
  }

  /** Returns a file; null for a folder, which is for later, and for outputs under way. */
  private @Nullable SampleFile accept(SampleFile entry) {
    if (JobOutput.isUnfinished(new Path(entry.path()).getName())) {
      return null;
    }
    if (entry.isFolder()) {
      folders.addLast(entry.path());
      return null;
    }
    return entry;
  }

  private SampleFile fault(IOException e) {
    if (SampleFile.fault(e) == null) {
      throw SampleFile.tryAgain(folder + ": cannot be listed: ", e);
    }
    return SampleFile.unusable(folder, "is a folder that cannot be read");
  }
}
