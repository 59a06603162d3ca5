package org.virusmnist.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.virusmnist.imaging.FileFinder;
import org.virusmnist.imaging.FoundFile;

/** How far the reading of files is, by their bytes; on a terminal only. */
public final class FileProgress {
  private final ProgressBar bar;
  private long totalBytes;
  private long totalFiles;
  private long bytes;
  private long files;

  private FileProgress(ProgressBar bar) {
    this.bar = bar;
  }

  /** Adds all sizes up, where somebody looks. */
  public static FileProgress start(ProgressBar bar, List<Path> paths, boolean followsLinks)
      throws IOException {
    FileProgress progress = new FileProgress(bar);
    if (bar.isShown()) {
      FileFinder finder = new FileFinder(paths, followsLinks);
      for (FoundFile file = finder.next(); file != null; file = finder.next()) {
        progress.totalBytes += size(file);
        progress.totalFiles++;
      }
      bar.start();
    }
    return progress;
  }

  /** Counts a file that is done. */
  public void add(FoundFile file) {
    if (bar.isShown()) {
      files++;
      bytes = Math.min(totalBytes, bytes + size(file));
      String figures = String.format(Locale.ROOT, "%,d of %,d files", files, totalFiles);
      bar.show("Reading", bytes, totalBytes, figures);
    }
  }

  /** Clears the bar. */
  public void end() {
    bar.clear();
  }

  private static long size(FoundFile file) {
    try {
      return file.problem() == null ? Files.size(file.path()) : 0;
    } catch (IOException e) {
      return 0; // the reader says what is wrong with it
    }
  }
}
