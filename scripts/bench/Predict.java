import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.inference.OrderedPipeline;
import org.virusmnist.inference.Parallelism;
import org.virusmnist.inference.RowRanges;
import org.virusmnist.model.ClassifierModel;
import org.virusmnist.model.Precision;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.model.SessionSettings;

/**
 * Images a second of the application's batch prediction, at the batch size that suits it best: from
 * bytes in Java to probabilities in Java, as {@code predict} does it between reading and writing.
 *
 * <p>{@code java -cp CLASSPATH Predict.java MODEL CSV PRECISION}
 */
final class Predict {
  private static final int[] BATCHES = {64, 256, 1024};
  private static final double WARM_UP = 1.0;
  private static final double TIME = 2.0;
  private static final int PASS = 4096; // images of one pass

  public static void main(String[] arguments) throws Exception {
    ImageSet images = pass(ImageCsv.read(Path.of(arguments[1]), 10, Labels.REQUIRED));
    Precision precision = Precision.valueOf(arguments[2].toUpperCase(Locale.ROOT));
    Parallelism parallelism = Parallelism.forCores(Runtime.getRuntime().availableProcessors());
    SessionSettings settings =
        SessionSettings.on(SessionSettings.Device.CPU)
            .in(precision)
            .withThreads(parallelism.threadsPerCall());
    OrderedPipeline pipeline = new OrderedPipeline(parallelism.callsInFlight());
    Map<Integer, Double> rates = new TreeMap<>();
    try (ClassifierModel model =
        ClassifierModel.open(SavedModelFile.read(Path.of(arguments[0])), settings)) {
      for (int batch : BATCHES) {
        passes(pipeline, model, images, batch, WARM_UP, 1);
        List<Double> seconds = passes(pipeline, model, images, batch, TIME, 3);
        rates.put(batch, PASS / median(seconds));
      }
    }
    int best = rates.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    System.out.printf(
        Locale.ROOT,
        "{\"images_per_second\": %.1f, \"batch\": %d, \"all\": {%s}}%n",
        rates.get(best),
        best,
        String.join(", ", rates.entrySet().stream().map(Predict::json).toList()));
  }

  private static String json(Map.Entry<Integer, Double> rate) {
    return String.format(Locale.ROOT, "\"%d\": %.1f", rate.getKey(), rate.getValue());
  }

  /** As many rows as a pass has, repeated where there are fewer. */
  private static ImageSet pass(ImageSet images) {
    int[] rows = new int[PASS];
    Arrays.setAll(rows, row -> row % images.size());
    return images.select(rows);
  }

  private static List<Double> passes(
      OrderedPipeline pipeline,
      ClassifierModel model,
      ImageSet images,
      int batch,
      double time,
      int least)
      throws Exception {
    List<Double> taken = new ArrayList<>();
    long end = System.nanoTime() + (long) (time * 1e9);
    while (taken.size() < least || System.nanoTime() < end) {
      long start = System.nanoTime();
      pipeline.<RowRanges.Range, float[]>run(
          new RowRanges(PASS, batch),
          range -> model.predict(images, range.from(), range.count()),
          probabilities -> {});
      taken.add((System.nanoTime() - start) / 1e9);
    }
    return taken;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
