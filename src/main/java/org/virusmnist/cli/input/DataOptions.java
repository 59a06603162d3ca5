package org.virusmnist.cli.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.CachedImages;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.GroupFile;
import org.virusmnist.dataset.Groups;
import org.virusmnist.dataset.ImageFiles;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.SharedGroups;
import org.virusmnist.dataset.Split;
import org.virusmnist.imaging.ImageRecipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which rows {@code train} uses for what. */
public final class DataOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--train",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "CSV to train on, .csv or .csv.gz: a file, several, a directory or a quoted pattern, which"
              + " together are one data set. 'virus-mnist spark train' reads Parquet too (default:"
              + " data/train.csv.gz).")
  private List<Path> trainPaths = List.of(Home.resolve("data/train.csv.gz"));

  @Option(
      names = "--test",
      arity = "1..*",
      paramLabel = "PATH",
      description = "The same to evaluate on at the end (default: data/test.csv.gz).")
  private List<Path> testPaths = List.of(Home.resolve("data/test.csv.gz"));

  @Option(
      names = "--validation",
      arity = "1..*",
      paramLabel = "PATH",
      description = "The same to validate on after each epoch, instead of a split of --train.")
  private @Nullable List<Path> validationPaths;

  @Mixin private SplitOptions splitting = new SplitOptions();

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description = "CSV label,name (default: classes.csv beside --train, if there is one).")
  private @Nullable Path classNamesFile;

  @Option(
      names = "--image-recipe",
      paramLabel = "header|code|thumbnail",
      description =
          "How the images were made out of executables, so that predict can take files (default:"
              + " what NAME.recipe.json beside the CSV says).")
  private @Nullable ImageRecipe imageRecipe;

  /**
   * The rows of a training run.
   *
   * @param trainRows rows to train on, labelled
   * @param validationRows rows to validate on, labelled
   * @param testRows rows to evaluate on, labelled
   * @param classNames names of the classes
   * @param imageRecipe how the images were made out of executables, or null if that is not known
   * @param shared what rows of "validation" and "test" files have in common with the groups of the
   *     training file; empty where there are no groups or no such files
   */
  public record Rows(
      FileRows trainRows,
      FileRows validationRows,
      FileRows testRows,
      ClassNames classNames,
      @Nullable ImageRecipe imageRecipe,
      Map<String, SharedGroups> shared) {
    /** Rows of one file, or of files without groups. */
    public Rows(
        FileRows trainRows,
        FileRows validationRows,
        FileRows testRows,
        ClassNames classNames,
        @Nullable ImageRecipe imageRecipe) {
      this(trainRows, validationRows, testRows, classNames, imageRecipe, Map.of());
    }

    /** Returns the rows to train on, in the order of their files. */
    public ImageSet train() {
      return trainRows.images();
    }

    /** Returns the rows to validate on after each epoch; none if none were asked for. */
    public ImageSet validation() {
      return validationRows.images();
    }

    /** Returns the rows of the test file. */
    public ImageSet test() {
      return testRows.images();
    }

    /** Returns how many rows there are in all. */
    public int count() {
      return train().size() + validation().size() + test().size();
    }

    /** Returns all rows of the training file, those held out included. */
    public ImageSet known() {
      return trainRows.file().images();
    }
  }

  /** Sets the share that is held out when no option says otherwise. */
  public void splitUnlessAsked(double share) {
    splitting.splitUnlessAsked(share);
  }

  /** Finds the files that are read. */
  public DataFiles files() throws IOException {
    return new DataFiles(
        ImageFiles.find(trainPaths),
        validationPaths == null ? null : ImageFiles.find(validationPaths),
        ImageFiles.find(testPaths));
  }

  /** Finds the files that are read where nothing is tested; the validation files take its place. */
  public DataFiles filesWithoutTest() throws IOException {
    ImageFiles train = ImageFiles.find(trainPaths);
    return validationPaths == null
        ? new DataFiles(train, null, train)
        : new DataFiles(train, ImageFiles.find(validationPaths), ImageFiles.find(validationPaths));
  }

  /**
   * Reads the files and takes the validation rows out; throws {@code IOException} if one cannot be
   * read.
   */
  public Rows read(DataFiles files, int classCount, long seed, TrainingStorage storage)
      throws IOException {
    ClassNames names = classNames(files.train(), classCount);
    ImageRecipe recipe = imageRecipe == null ? RecipeFile.common(files.all()) : imageRecipe;
    CachedImages all = storage.read(files.train(), classCount);
    FileRows test = FileRows.all(storage.read(files.test(), classCount));
    GroupFile groupFile = splitting.groups().read();
    Parts parts = parts(all, files, names, seed, new Means(storage, groupFile));
    Map<String, SharedGroups> shared = new LinkedHashMap<>(parts.shared());
    if (groupFile != null) {
      shared.put("test", GroupOptions.shared(groupFile, parts.train(), test));
    }
    return new Rows(parts.train(), parts.validation(), test, names, recipe, shared);
  }

  /**
   * Reads the rows to train and to validate on, and no test file: rows to validate on take its
   * place.
   */
  public Rows readWithoutTest(DataFiles files, int classCount, long seed, TrainingStorage storage)
      throws IOException {
    ClassNames names = classNames(files.train(), classCount);
    CachedImages all = storage.read(files.train(), classCount);
    Parts parts = parts(all, files, names, seed, new Means(storage, splitting.groups().read()));
    return new Rows(
        parts.train(), parts.validation(), parts.validation(), names, null, parts.shared());
  }

  private record Means(TrainingStorage storage, @Nullable GroupFile groups) {}

  private record Parts(FileRows train, FileRows validation, Map<String, SharedGroups> shared) {}

  private Parts parts(CachedImages all, DataFiles files, ClassNames names, long seed, Means means)
      throws IOException {
    Groups ofRows = groups(means.groups(), all.images());
    if (files.validation() != null) {
      FileRows train = FileRows.all(all);
      FileRows validation = FileRows.all(means.storage().read(files.validation(), names.size()));
      return new Parts(
          train,
          validation,
          means.groups() == null
              ? Map.of()
              : Map.of("validation", GroupOptions.shared(means.groups(), train, validation)));
    }
    Split split = split(all.images(), ofRows, names.size(), seed);
    return new Parts(
        FileRows.of(all, split.train()), FileRows.of(all, split.validation()), Map.of());
  }

  /**
   * Checks what picocli cannot: options that do not go together.
   *
   * @param hasFolds whether rows of the training file are held out in folds
   * @throws ParameterException naming them
   */
  public void check(boolean hasFolds) {
    if (validationPaths != null && hasFolds) {
      throw usage(
          "--folds and --validation are given, expected one of them: folds validate on rows"
              + " of --train");
    }
    try {
      splitting.check(validationPaths == null);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the groups of images; each image is its own where no option says otherwise. */
  public Groups groups(ImageSet images) throws IOException {
    return groups(splitting.groups().read(), images);
  }

  private static Groups groups(@Nullable GroupFile file, ImageSet images) throws IOException {
    return file == null ? Groups.single(images.size()) : file.of(images);
  }

  /** Splits rows to train on from those to validate on. */
  public Split split(ImageSet all, Groups groups, int classCount, long seed) {
    try {
      return splitting.split(all, groups, classCount, seed);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Reads the names asked for, or those beside the data, or takes numbers. */
  public static ClassNames classNames(Path data, @Nullable Path file, int classCount)
      throws IOException {
    Path beside = data.resolveSibling("classes.csv");
    if (file != null) {
      return ClassNames.read(file, classCount);
    }
    return Files.isRegularFile(beside)
        ? ClassNames.read(beside, classCount)
        : ClassNames.numbered(classCount);
  }

  /** Finds the files to train on alone. */
  public ImageFiles trainFiles() throws IOException {
    return ImageFiles.find(trainPaths);
  }

  /** Returns what {@code config.json} says of how rows are split. */
  public Map<String, Object> record() {
    return splitting.record(validationPaths == null);
  }

  /** Returns the names asked for, or those beside the training data, or numbers. */
  public ClassNames classNames(ImageFiles train, int classCount) throws IOException {
    return classNames(train.files().get(0), classNamesFile, classCount);
  }
}
