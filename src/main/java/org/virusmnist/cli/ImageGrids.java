package org.virusmnist.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.virusmnist.chart.ChartStyle;
import org.virusmnist.chart.ImageGridChart;
import org.virusmnist.chart.ImageTile;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.PredictionBatch;

/** Chooses images of a data set and has them drawn with what is known of them. */
final class ImageGrids {
  private static final int COLUMNS = 10;
  private static final int PER_CLASS = 3;
  private static final int MISTAKES = 40;

  private ImageGrids() {}

  /** Draws the first images of every class, or of the file where there are no labels. */
  static void samples(ImageSet images, ClassNames names, Path png) throws IOException {
    List<ImageTile> tiles = new ArrayList<>();
    for (int row : firstOfEachClass(images, names.size())) {
      String caption = images.hasLabels() ? label(names, images.label(row)) : "row " + row;
      tiles.add(tile(images, row, caption));
    }
    String title = String.format(Locale.ROOT, "Samples of %,d images", images.size());
    ImageGridChart.write(png, title, tiles, COLUMNS, ChartStyle.light());
  }

  /** Takes the classes in turn, so that each column of the grid is a class. */
  private static List<Integer> firstOfEachClass(ImageSet images, int classCount) {
    List<Integer> rows = new ArrayList<>();
    if (!images.hasLabels()) {
      for (int row = 0; row < Math.min(images.size(), COLUMNS * PER_CLASS); row++) {
        rows.add(row);
      }
      return rows;
    }
    List<List<Integer>> byClass = rowsByClass(images, classCount);
    for (int i = 0; i < PER_CLASS; i++) {
      for (List<Integer> ofClass : byClass) {
        if (i < ofClass.size()) {
          rows.add(ofClass.get(i));
        }
      }
    }
    return rows;
  }

  private static List<List<Integer>> rowsByClass(ImageSet images, int classCount) {
    List<List<Integer>> byClass = new ArrayList<>();
    for (int label = 0; label < classCount; label++) {
      byClass.add(new ArrayList<>());
    }
    for (int row = 0; row < images.size(); row++) {
      List<Integer> ofClass = byClass.get(images.label(row));
      if (ofClass.size() < PER_CLASS) {
        ofClass.add(row);
      }
    }
    return byClass;
  }

  /** Draws the most confident mistakes; no file where there is none. */
  static void mistakes(ImageSet images, List<PredictionBatch> mistakes, ClassNames names, Path png)
      throws IOException {
    if (mistakes.isEmpty()) {
      return;
    }
    List<ImageTile> tiles = new ArrayList<>();
    for (PredictionBatch mistake : mistakes.subList(0, Math.min(MISTAKES, mistakes.size()))) {
      tiles.add(
          tile(
              images,
              Math.toIntExact(mistake.row(0)),
              names.name(mistake.label(0)),
              "→ " + names.name(mistake.predicted(0)),
              String.format(
                  Locale.ROOT, "%.1f %%, row %d", 100 * mistake.confidence(0), mistake.row(0))));
    }
    String title =
        String.format(
            Locale.ROOT,
            "The %,d most confident of %,d mistakes: true class → predicted class",
            tiles.size(),
            mistakes.size());
    ImageGridChart.write(png, title, tiles, COLUMNS, ChartStyle.light());
  }

  private static ImageTile tile(ImageSet images, int row, String... captions) {
    byte[] grey = new byte[ImageSet.PIXELS];
    images.copyGreyTo(row, grey, 0);
    return ImageTile.of(grey, List.of(captions));
  }

  private static String label(ClassNames names, int label) {
    String number = Integer.toString(label);
    return names.name(label).equals(number) ? number : number + " " + names.name(label);
  }
}
