package org.virusmnist.cli.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.imaging.ImageRecipe;
import org.virusmnist.report.ConfigJson;
import org.virusmnist.storage.Sha256;

/**
 * {@code NAME.recipe.json} beside {@code NAME.csv}: how its images were made out of executables.
 *
 * <p>It names the CSV's SHA-256, so that it says nothing of another file that has taken its place.
 */
public final class RecipeFile {
  private static final Logger LOG = LogManager.getLogger(RecipeFile.class);
  private static final String RECIPE = "recipe";
  private static final String CSV_SHA256 = "csv_sha256";

  private RecipeFile() {}

  /** Returns where the recipe of a CSV is written down. */
  public static Path beside(Path csv) {
    return BesideCsv.of(csv, "recipe.json");
  }

  /** Writes the file for a CSV that is complete. */
  public static void write(Path csv, ImageRecipe recipe) throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put(RECIPE, recipe.id());
    record.put(CSV_SHA256, Sha256.of(csv));
    ConfigJson.write(beside(csv), record);
  }

  /** Writes the file for rows of another CSV, where that has one. */
  public static void copy(Path source, Path csv) throws IOException {
    ImageRecipe recipe = read(source);
    if (recipe != null) {
      write(csv, recipe);
    }
  }

  /**
   * Returns the recipe of files that belong together.
   *
   * @param files the first one decides
   * @return its recipe, or null if that is not known
   * @throws DatasetFormatException if another file is known to be made by another recipe
   */
  static @Nullable ImageRecipe common(List<Path> files) throws IOException {
    Path first = files.get(0);
    ImageRecipe recipe = read(first);
    for (Path other : files.subList(1, files.size())) {
      ImageRecipe itsOwn = read(other);
      if (recipe != null && itsOwn != null && itsOwn != recipe) {
        throw new DatasetFormatException(
            other,
            0,
            0,
            "has images of recipe %s, expected %s as in %s. Make both the same way."
                .formatted(itsOwn.id(), recipe.id(), first));
      }
    }
    return recipe;
  }

  /** Returns the recipe of a CSV, or null if nothing beside it says it. */
  public static @Nullable ImageRecipe read(Path csv) throws IOException {
    Path file = beside(csv);
    if (!Files.isRegularFile(file) || !Files.isRegularFile(csv)) {
      return null;
    }
    Map<String, @Nullable Object> record = ConfigJson.read(file);
    if (!Sha256.of(csv).equals(record.get(CSV_SHA256))) {
      LOG.warn(
          "{}: was written for another content of {} and is ignored. Delete it, or say"
              + " --image-recipe.",
          file,
          csv);
      return null;
    }
    String id = String.valueOf(record.get(RECIPE));
    return ImageRecipe.of(id)
        .orElseThrow(
            () ->
                new IOException(
                    "%s: recipe is '%s', expected header, code or thumbnail".formatted(file, id)));
  }
}
