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
import org.virusmnist.dataset.GroupFolds;
import org.virusmnist.dataset.Groups;
import org.virusmnist.dataset.ImageFiles;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Split;
import org.virusmnist.imaging.ImageRecipe;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which rows {@code train} uses for what. */
public final class DataOptions {
  private static final double NOTEBOOK_VALIDATION_SPLIT = 0.33;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--train",
      arity = "1..*",
      paramLabel = "PATH",
      description = {
        "CSV to train on, .csv or .csv.gz: a file, several, a directory or a quoted pattern, which",
        "together are one data set. 'virus-mnist spark train' reads Parquet too (default:",
        "data/train.csv.gz)."
      })
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

  @Option(
      names = "--validation-split",
      paramLabel = "SHARE",
      description = "Share of the rows of --train to validate on (default: the preset's, 0.33).")
  private @Nullable Double validationSplit;

  private double usualSplit = NOTEBOOK_VALIDATION_SPLIT;

  @Option(
      names = "--stratified",
      description = "Keep the class shares equal in both parts of the split.")
  private boolean isStratified;

  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description = {
        "CSV with a column hash: rows of one group stay together in splits and folds,",
        "for example data/sources.csv.gz."
      })
  private @Nullable Path groupsFile;

  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      description = "The column of --groups with the name of the group (default: group).")
  private String groupColumn = "group";

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
   */
  public record Rows(
      FileRows trainRows,
      FileRows validationRows,
      FileRows testRows,
      ClassNames classNames,
      /** Returns the rows to train on, in the order of their files. */
      @Nullable ImageRecipe imageRecipe) {
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
    usualSplit = share;
  }

  /** Finds the files that are read. */
  public DataFiles files() throws IOException {
    refuseContradictions();
    return new DataFiles(
        ImageFiles.find(trainPaths),
        validationPaths == null ? null : ImageFiles.find(validationPaths),
        ImageFiles.find(testPaths));
  }

  /** Finds the files that are read where nothing is tested; the validation files take its place. */
  public DataFiles filesWithoutTest() throws IOException {
    refuseContradictions();
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
    Parts parts = parts(all, files, names, seed, storage);
    return new Rows(parts.train(), parts.validation(), test, names, recipe);
  }

  /**
   * Reads the rows to train and to validate on, and no test file: rows to validate on take its
   * place.
   */
  public Rows readWithoutTest(DataFiles files, int classCount, long seed, TrainingStorage storage)
      throws IOException {
    ClassNames names = classNames(files.train(), classCount);
    CachedImages all = storage.read(files.train(), classCount);
    Parts parts = parts(all, files, names, seed, storage);
    return new Rows(parts.train(), parts.validation(), parts.validation(), names, null);
  }

  private record Parts(FileRows train, FileRows validation) {}

  private Parts parts(
      CachedImages all, DataFiles files, ClassNames names, long seed, TrainingStorage storage)
      throws IOException {
    if (files.validation() != null) {
      CachedImages validation = storage.read(files.validation(), names.size());
      return new Parts(FileRows.all(all), FileRows.all(validation));
    }
    Split split = split(all.images(), groups(all.images()), names.size(), seed);
    return new Parts(FileRows.of(all, split.train()), FileRows.of(all, split.validation()));
  }

  private void refuseContradictions() {
    if (validationPaths != null && (validationSplit != null || isStratified)) {
      throw usage("--validation is given, so --validation-split and --stratified have no meaning");
    }
    if (groupsFile != null && isStratified) {
      throw usage("--groups is given, so --stratified has no meaning: groups are split by class");
    }
  }

  /** Returns the groups of images; each image is its own where no option says otherwise. */
  public Groups groups(ImageSet images) throws IOException {
    return groupsFile == null
        ? Groups.single(images.size())
        : Groups.read(groupsFile, groupColumn, images);
  }

  /** Splits rows to train on from those to validate on. */
  public Split split(ImageSet all, Groups groups, int classCount, long seed) {
    double share = validationSplit();
    try {
      if (groupsFile != null) {
        return GroupFolds.split(all.labels(), classCount, groups, share, seed);
      }
      return isStratified
          ? Split.stratified(all.labels(), classCount, share, seed)
          : Split.random(all.size(), share, seed);
    } catch (IllegalArgumentException e) {
      throw usage("--validation-split: " + e.getMessage());
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

  double validationSplit() {
    return validationSplit == null ? usualSplit : validationSplit;
  }

  /** Returns what {@code config.json} says of how rows are split. */
  public Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    if (validationPaths == null) {
      record.put("validation_split", validationSplit());
      record.put("stratified", isStratified);
    }
    if (groupsFile != null) {
      record.put("groups", groupsFile.getFileName().toString());
      record.put("group_column", groupColumn);
    }
    return record;
  }

  /** Returns the names asked for, or those beside the training data, or numbers. */
  public ClassNames classNames(ImageFiles train, int classCount) throws IOException {
    return classNames(train.files().get(0), classNamesFile, classCount);
  }
}
