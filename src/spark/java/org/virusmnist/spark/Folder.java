package org.virusmnist.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** What lies directly in a folder. */
final class Folder {
  private Folder() {}

  /**
   * Lists a folder. Of a local one, links to files are followed, links to folders and those that
   * lead nowhere are reported, as the plain verb does; Hadoop would enter or hide them.
   *
   * @return what is in it, in no order; throws {@link UncheckedIOException}
   * @throws IOException if it cannot be read
   */
  static Iterator<SampleFile> list(Path folder, FileSystem files) throws IOException {
    return files instanceof RawLocalFileSystem
        ? local(java.nio.file.Path.of(files.makeQualified(folder).toUri()))
        : remote(files.listStatusIterator(folder));
  }

  private static Iterator<SampleFile> local(java.nio.file.Path folder) throws IOException {
    List<SampleFile> found = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> entries = Files.newDirectoryStream(folder)) {
      for (java.nio.file.Path entry : entries) {
        found.add(local(entry, new Path("file", null, entry.toString()).toString()));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found.iterator();
  }

  private static SampleFile local(java.nio.file.Path entry, String name) throws IOException {
    if (Files.isDirectory(entry)) {
      return Files.isSymbolicLink(entry)
          ? SampleFile.unusable(name, "is a link to a folder, which is not followed")
          : SampleFile.folder(name);
    }
    if (!Files.exists(entry)) {
      boolean isLink = Files.isSymbolicLink(entry);
      return SampleFile.unusable(
          name, isLink ? "is a link that leads nowhere" : "is no longer there");
    }
    // Opening a pipe would wait for someone to write into it.
    return Files.isRegularFile(entry)
        ? SampleFile.file(name, Files.size(entry))
        : SampleFile.unusable(name, "is no regular file");
  }

  private static Iterator<SampleFile> remote(RemoteIterator<FileStatus> entries) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        try {
          return entries.hasNext();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public SampleFile next() {
        try {
          return of(entries.next());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /** Returns what a file system says of a path. */
  static SampleFile of(FileStatus status) {
    String path = status.getPath().toString();
    return status.isDirectory() ? SampleFile.folder(path) : SampleFile.file(path, status.getLen());
  }
}
