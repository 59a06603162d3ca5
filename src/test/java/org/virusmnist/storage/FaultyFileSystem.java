package org.virusmnist.storage;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The file system of this machine, with a step before everything that changes something on it: a
 * test lets the n-th one fail, or stops the world there.
 */
final class FaultyFileSystem extends FileSystem {
  private final FileSystem real;
  private final Provider provider;

  private FaultyFileSystem(FileSystem real, Step step) {
    this.real = real;
    this.provider = new Provider(step);
  }

  /** Something on the disk is about to change. */
  @FunctionalInterface
  interface Step {
    void before(String change) throws IOException;
  }

  /** Returns a path through which every change is announced. */
  static Path wrap(Path path, Step step) {
    return new FaultyFileSystem(path.getFileSystem(), step).wrap(path);
  }

  private Path wrap(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            FaultyFileSystem.class.getClassLoader(),
            new Class<?>[] {Path.class, Wrapped.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getFileSystem" -> this;
                  case "unwrap" -> path;
                  case "iterator" -> iterator(path);
                  default -> call(path, method, arguments);
                });
  }

  private Object call(Path path, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    Object[] real = arguments == null ? new Object[0] : arguments.clone();
    for (int i = 0; i < real.length; i++) {
      real[i] = real[i] instanceof Wrapped wrapped ? wrapped.unwrap() : real[i];
    }
    try {
      Object result = method.invoke(path, real);
      return result instanceof Path inner ? wrap(inner) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Iterator<Path> iterator(Path path) {
    Iterator<Path> names = path.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return names.hasNext();
      }

      @Override
      public Path next() {
        return wrap(names.next());
      }
    };
  }

  /** A path of this file system. */
  private interface Wrapped {
    Path unwrap();
  }

  private static Path unwrap(Path path) {
    return path instanceof Wrapped wrapped ? wrapped.unwrap() : path;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  /** Passes everything on to the real provider, changes after a step. */
  private final class Provider extends FileSystemProvider {
    private final Step step;

    Provider(Step step) {
      this.step = step;
    }

    private FileSystemProvider realProvider() {
      return real.provider();
    }

    private FileChannel open(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      boolean isWritten = options.contains(StandardOpenOption.WRITE);
      if (isWritten) {
        step.before("open " + path.getFileName());
      }
      FileChannel channel = realProvider().newFileChannel(unwrap(path), options, attributes);
      return new FaultyChannel(channel, String.valueOf(path.getFileName()), step);
    }

    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return open(path, options, attributes);
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return open(path, options, attributes);
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
      step.before("make directory " + path.getFileName());
      realProvider().createDirectory(unwrap(path), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
      step.before("delete " + path.getFileName());
      realProvider().delete(unwrap(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
      step.before("copy to " + target.getFileName());
      realProvider().copy(unwrap(source), unwrap(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
      step.before("rename to " + target.getFileName());
      realProvider().move(unwrap(source), unwrap(target), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
      DirectoryStream<Path> entries =
          realProvider().newDirectoryStream(unwrap(directory), entry -> true);
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          Iterator<Path> paths = entries.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return paths.hasNext();
            }

            @Override
            public Path next() {
              return wrap(paths.next());
            }
          };
        }

        @Override
        public void close() throws IOException {
          entries.close();
        }
      };
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
      return realProvider().isSameFile(unwrap(path), unwrap(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return realProvider().isHidden(unwrap(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return realProvider().getFileStore(unwrap(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      realProvider().checkAccess(unwrap(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return realProvider().getFileAttributeView(unwrap(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return realProvider().readAttributes(unwrap(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
        throws IOException {
      return realProvider().readAttributes(unwrap(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options)
        throws IOException {
      realProvider().setAttribute(unwrap(path), name, value, options);
    }

    @Override
    public String getScheme() {
      return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
      throw new UnsupportedOperationException();
    }
  }
}
