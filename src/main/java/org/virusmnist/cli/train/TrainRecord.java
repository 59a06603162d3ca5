package org.virusmnist.cli.train;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.virusmnist.cli.console.BuildVersion;
import org.virusmnist.cli.console.Processor;
import org.virusmnist.cli.input.DataFiles;
import org.virusmnist.cli.input.DataOptions;
import org.virusmnist.cli.run.RunIdentity;
import org.virusmnist.cli.session.UsedDevice;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.ImageFiles;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.device.LocalMachine;
import org.virusmnist.imaging.ImageRecipe;
import org.virusmnist.model.SavedModelFile;
import org.virusmnist.storage.Sha256;
import org.virusmnist.training.Schedule;
import org.virusmnist.training.TrainingOptions;

/** What {@code config.json} says: what was asked for, on which data, model, machine and build. */
public final class TrainRecord {
  private TrainRecord() {}

  static Map<String, Object> of(
      TrainCommand command,
      TrainingOptions options,
      DataFiles files,
      DataOptions.Rows rows,
      SavedModelFile file,
      UsedDevice device)
      throws IOException {
    Map<String, Object> data = data(files, rows);
    Map<String, Object> record = of(command, options, data, rows.classNames(), file, device);
    ImageRecipe recipe = rows.imageRecipe();
    if (recipe != null) {
      record.put("image_recipe", recipe.id());
    }
    addShared(record, rows);
    return record;
  }

  private static void addShared(Map<String, Object> record, DataOptions.Rows rows) {
    Map<String, Object> shared = new LinkedHashMap<>();
    rows.shared()
        .forEach(
            (file, counts) -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("rows", counts.rows());
              json.put("in_training_groups", counts.inTrainingGroups());
              json.put("without_group", counts.withoutGroup());
              shared.put(file, json);
            });
    if (!shared.isEmpty()) {
      record.put("shared_groups", shared);
    }
  }

  /** The same of a cross-validation, which sees one file. */
  static Map<String, Object> ofFolds(
      TrainCommand command,
      TrainingOptions options,
      ImageFiles files,
      ImageSet images,
      ClassNames names,
      SavedModelFile file,
      UsedDevice device)
      throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("train", files(files, images, names));
    return of(command, options, data, names, file, device);
  }

  /**
   * The same of a search, which sees no test file.
   *
   * @param base the options that hold for every trial
   * @param tuning what the search itself was asked for
   * @throws IOException if a file cannot be read for its hash
   */
  public static Map<String, Object> ofSearch(
      TrainCommand base,
      Map<String, Object> tuning,
      DataOptions.Rows rows,
      SavedModelFile file,
      UsedDevice device)
      throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    DataFiles files = base.data().filesWithoutTest();
    data.put("train", files(files.train(), rows.known(), rows.classNames()));
    ImageFiles validation = files.validation();
    if (validation != null) {
      data.put("validation", files(validation, rows.validation(), rows.classNames()));
    }
    Map<String, Object> record =
        of(base, base.trainingOptions(), data, rows.classNames(), file, device);
    record.put("command", "tune");
    record.put(RunIdentity.TUNING, tuning);
    addShared(record, rows);
    return record;
  }

  private static Map<String, Object> of(
      TrainCommand command,
      TrainingOptions options,
      Map<String, Object> data,
      ClassNames names,
      SavedModelFile file,
      UsedDevice device)
      throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("command", "train");
    record.put(
        "started",
        OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString());
    if (command.takenFrom() != null) {
      record.put("config_file", command.takenFrom());
    }
    record.put("options", options(command, options, device));
    record.put("data", data);
    record.put("model", model(file));
    record.put("class_names", names.toList());
    device.addTo(record, new LocalMachine());
    record.put("environment", environment());
    return record;
  }

  private static Map<String, Object> options(
      TrainCommand command, TrainingOptions options, UsedDevice device) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("epochs", options.epochs());
    record.put("batch_size", options.batchSize());
    record.put("learning_rate", options.learningRate());
    record.put("seed", options.seed());
    record.put("shuffle", options.shuffle());
    record.putAll(command.recipe().record(options.schedule()));
    record.putAll(command.fineTune().record());
    record.putAll(command.augmentationOptions().record());
    record.putAll(command.endings().record(options.schedule().shape() == Schedule.Shape.PLATEAU));
    record.putAll(command.folds().record());
    record.putAll(command.reading().record());
    record.put("feature_cache", command.usesFeatureCache());
    record.put("optimizer", "adam");
    record.put("precision", command.modelOptions().precision().toString());
    record.putAll(command.modelOptions().recordDeterminism(device.name()));
    record.putAll(command.data().record());
    return record;
  }

  private static Map<String, Object> data(DataFiles files, DataOptions.Rows rows)
      throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    ClassNames names = rows.classNames();
    ImageFiles validation = files.validation();
    record.put("train", files(files.train(), rows.train(), names));
    record.put(
        "validation",
        files(validation == null ? files.train() : validation, rows.validation(), names));
    record.put("test", files(files.test(), rows.test(), names));
    return record;
  }

  /** Several files are known by the hash of their hashes, one a line, in their order. */
  private static Map<String, Object> files(ImageFiles files, ImageSet images, ClassNames names)
      throws IOException {
    List<Path> paths = files.files();
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("file", files.toString());
    if (paths.size() == 1) {
      record.put("sha256", Sha256.of(paths.get(0)));
    } else {
      StringBuilder hashes = new StringBuilder();
      for (Path path : paths) {
        hashes.append(Sha256.of(path)).append('\n');
      }
      record.put("files", paths.size());
      record.put("sha256", Sha256.of(hashes.toString().getBytes(US_ASCII)));
    }
    record.put("rows", images.size());
    if (images.hasLabels()) {
      record.put("class_counts", classCounts(images, names.size()));
    }
    return record;
  }

  /** Returns how many rows each class has, class 0 first. */
  static int[] classCounts(ImageSet images, int classCount) {
    int[] counts = new int[classCount];
    for (int row = 0; row < images.size(); row++) {
      counts[images.label(row)]++;
    }
    return counts;
  }

  private static Map<String, Object> model(SavedModelFile file) throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("directory", file.directory().toString());
    record.put("sha256", Sha256.ofDirectory(file.directory()));
    record.put("features", file.shape().featureCount());
    record.put("classes", file.shape().classCount());
    return record;
  }

  private static Map<String, Object> environment() {
    BuildVersion build = new BuildVersion();
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("virus_mnist", build.version());
    record.put("revision", build.revision());
    record.put("tensorflow_java", build.tensorflowJava());
    record.put("java", System.getProperty("java.version"));
    record.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    record.put("architecture", System.getProperty("os.arch"));
    record.put("processor", Processor.name());
    record.put("processors", Runtime.getRuntime().availableProcessors());
    return record;
  }
}
