package org.virusmnist.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageCsvWriter;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.report.PredictionsCsv;
import org.virusmnist.report.RowImages;
import org.virusmnist.report.RunDetails;
import org.virusmnist.report.RunDirectory;

/** The few images that a run keeps, so that its report can be drawn again without the data. */
public final class RunPictures {
  private RunPictures() {}

  /** Writes the first training images of every class. */
  public static void writeSamples(RunDirectory run, DataOptions.Rows rows) throws IOException {
    int[] samples = ImageGrids.sampleRows(rows.train(), rows.classNames().size());
    ImageCsvWriter.write(run.sampleImages(), rows.train().select(samples));
  }

  /** Writes the misclassified images; no file where there is none of them. */
  public static void writeMistakes(
      RunDirectory run, DataOptions.Rows rows, List<PredictionBatch> mistakes) throws IOException {
    if (!mistakes.isEmpty()) {
      int[] wrong = mistakes.stream().mapToInt(row -> Math.toIntExact(row.row(0))).toArray();
      ImageCsvWriter.write(run.misclassifiedImages(), rows.test().select(wrong));
    }
  }

  /** Reads the samples with their classes; none where the run keeps none or they have no labels. */
  static List<RunDetails.Sample> samples(RunDirectory run, int classCount) throws IOException {
    List<RunDetails.Sample> samples = new ArrayList<>();
    if (Files.exists(run.sampleImages())) {
      ImageSet images = ImageCsv.read(run.sampleImages(), classCount, Labels.OPTIONAL);
      for (int i = 0; images.hasLabels() && i < images.size(); i++) {
        byte[] grey = new byte[ImageSet.PIXELS];
        images.copyGreyTo(i, grey, 0);
        samples.add(new RunDetails.Sample(images.label(i), grey));
      }
    }
    return samples;
  }

  /** Reads the misclassified images; none where the run keeps none. */
  static RowImages mistakes(RunDirectory run, int classCount) throws IOException {
    RowImages pictures = new RowImages();
    Path file = run.misclassifiedImages();
    if (!Files.exists(file)) {
      return pictures;
    }
    List<Long> rows = new ArrayList<>();
    PredictionsCsv.read(run.misclassified(), batch -> rows.add(batch.row(0)));
    ImageSet images = ImageCsv.read(file, classCount, Labels.OPTIONAL);
    if (images.size() != rows.size()) {
      throw new IOException(
          "%s: has %d rows, expected the %d of %s. Delete it to leave the images out."
              .formatted(file, images.size(), rows.size(), run.misclassified().getFileName()));
    }
    for (int i = 0; i < rows.size(); i++) {
      byte[] grey = new byte[ImageSet.PIXELS];
      images.copyGreyTo(i, grey, 0);
      pictures.put(rows.get(i), grey);
    }
    return pictures;
  }
}
