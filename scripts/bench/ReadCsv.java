import java.nio.file.Path;
import java.util.Locale;
import org.virusmnist.dataset.DataCache;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;

/**
 * Seconds that the application takes to read a CSV, once in a new process.
 *
 * <p>{@code java -cp CLASSPATH ReadCsv.java FILE [CACHE]}
 */
final class ReadCsv {
  private static final int CLASSES = 10;

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    long start = System.nanoTime();
    ImageSet images =
        arguments.length == 1
            ? ImageCsv.read(file, CLASSES, Labels.REQUIRED)
            : new DataCache(Path.of(arguments[1]), DataCache.DEFAULT_MAX_BYTES)
                .read(file, CLASSES, Labels.REQUIRED)
                .images();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "{\"seconds\": %.6f, \"rows\": %d, \"sum\": %d}%n",
        seconds,
        images.size(),
        sum(images));
  }

  private static long sum(ImageSet images) {
    byte[] pixels = new byte[1024];
    long sum = 0;
    for (int row = 0; row < images.size(); row++) {
      images.copyGreyTo(row, pixels, 0);
      for (byte pixel : pixels) {
        sum += Byte.toUnsignedInt(pixel);
      }
    }
    return sum;
  }
}
