package org.virusmnist.cli.run;

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
import org.virusmnist.report.RunValues;

/** Chooses images of a data set and has them drawn with what is known of them. */
public final class ImageGrids {
  private static final int COLUMNS = 10;
  private static final int PER_CLASS = 3;
  private static final int MISTAKES = 40;

  private ImageGrids() {}

  /** Draws the first images of every class, or of the file where there are no labels. */
  public static void samples(ImageSet images, ClassNames names, Path png) throws IOException {
    samples(images.select(sampleRows(images, names.size())), images.size(), names, png);
  }

  /** Draws images that were chosen out of a total. */
  public static void samples(ImageSet chosen, long total, ClassNames names, Path png)
      throws IOException {
    List<ImageTile> tiles = new ArrayList<>();
    for (int row = 0; row < chosen.size(); row++) {
      String caption = chosen.hasLabels() ? label(names, chosen.label(row)) : "row " + row;
      byte[] grey = new byte[ImageSet.PIXELS];
      chosen.copyGreyTo(row, grey, 0);
      tiles.add(ImageTile.of(grey, List.of(caption)));
    }
    String title = String.format(Locale.ROOT, "Samples of %,d images", total);
    ImageGridChart.write(png, title, tiles, COLUMNS, ChartStyle.light());
  }

  /** Returns the first rows of every class, or of the file where there are no labels. */
  static int[] sampleRows(ImageSet images, int classCount) {
    return firstOfEachClass(images, classCount).stream().mapToInt(Integer::intValue).toArray();
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

  /** Draws the most confident mistakes of a run whose pictures are known. */
  static void mistakes(RunValues run, Path png) throws IOException {
    List<ImageTile> tiles = new ArrayList<>();
    List<PredictionBatch> mistakes = run.mistakes();
    for (PredictionBatch mistake : mistakes.subList(0, Math.min(MISTAKES, mistakes.size()))) {
      byte[] grey = run.images().grey(mistake.row(0));
      if (grey != null) {
        tiles.add(ImageTile.of(grey, captions(run, mistake)));
      }
    }
    String title =
        String.format(
            Locale.ROOT, "The %,d most confident of %,d mistakes", tiles.size(), mistakes.size());
    ImageGridChart.write(png, title, tiles, COLUMNS, ChartStyle.light());
  }

  private static List<String> captions(RunValues run, PredictionBatch mistake) {
    return List.of(
        "true: " + run.classNames().get(mistake.label(0)),
        "not: " + run.classNames().get(mistake.predicted(0)),
        String.format(Locale.ROOT, "%.1f %%, row %d", 100 * mistake.confidence(0), mistake.row(0)));
  }

  private static String label(ClassNames names, int label) {
    String number = Integer.toString(label);
    return names.name(label).equals(number) ? number : number + " " + names.name(label);
  }
}
