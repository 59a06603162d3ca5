package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.storage.Sha256;

/** What a wrong command line says; no native code is loaded. */
class UsageTest {
  private static final Path TINY = Path.of("src/test/resources/savedmodel/tiny");

  private static final String PIN = "--model-sha256";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--epochs 0|epochs is 0, expected 1 or more",
        "--batch-size -1|batch size is -1, expected 1 or more",
        "--learning-rate 0|learning rate is 0.0, expected a finite number above 0",
        "--dropout 1|dropout is 1.0, expected at least 0 and less than 1",
        "--label-smoothing -0.1|label smoothing is -0.1, expected at least 0 and less than 1",
        "--weight-decay -1|weight decay is -1.0, expected 0 or more",
        "--warmup-steps -1|warm-up steps is -1, expected 0 or more",
        "--preset accurate --epochs 0|epochs is 0, expected 1 or more",
        "--preset best|Invalid value for option '--preset': expected one of [NOTEBOOK, FAST,"
            + " ACCURATE] (case-insensitive) but was 'best'",
        "--fine-tune-epochs -3|fine-tune epochs is -3, expected 0 or more",
        "--fine-tune-epochs 3 --fine-tune-learning-rate 0|fine-tuning: learning rate is 0.0,"
            + " expected a finite number above 0",
        "--base-learning-rate 1e-5|--base-learning-rate or --fine-tune-blocks is given, expected"
            + " --fine-tune-epochs with it: the base is not trained without",
        "--fine-tune-learning-rate 1e-5|--fine-tune-learning-rate is given, expected"
            + " --fine-tune-epochs with it: the base is not trained without",
        "--plateau-patience 3|--plateau-patience or --plateau-factor is given, expected --schedule"
            + " plateau with it: no other schedule looks for one",
        "--plateau-factor 0.5 --schedule cosine|--plateau-patience or --plateau-factor is given,"
            + " expected --schedule plateau with it: no other schedule looks for one",
        "--monitor loss|--monitor is given, expected --early-stopping or --schedule plateau with it:"
            + " nothing else goes by a score",
        "--fold-seed 0|--fold-seed is given, expected --folds with it: --seed is for the split",
        "--fine-tune-epochs 1 --base-learning-rate 0|base learning rate is 0.0, expected a finite"
            + " number above 0",
        "--fine-tune-epochs 1 --fine-tune-blocks 0|fine-tune blocks is 0, expected 1 or more",
        "--augment-shift 2|--augment-* or --mixup is given, but features are computed once for all"
            + " epochs, before any change could act; expected --fine-tune-epochs or"
            + " --no-feature-cache with it",
        "--mixup 0.2 --no-feature-cache --resident on|--augment-* or --mixup is given with"
            + " --resident on, but changed images are new in every step; expected one of them",
        "--augment-noise 2 --no-feature-cache|noise is 2, expected 0 to 1",
        "--augment-cutout 2000 --fine-tune-epochs 1|cutout is 2000, expected 0 to 1024",
        "--folds 1|folds is 1, expected 2 or more",
        "--benign-class 10|--benign-class is 10, expected 0 to 9",
        "--unsure-below 1.5|--unsure-below is 1.5, expected 0 to 1",
        "--groups g.csv --stratified|--groups is given, so --stratified has no meaning: groups are"
            + " split by class",
        "--group-column package|--group-column is given, expected --groups with it: the file that"
            + " has the column",
        "--folds 3 --validation v.csv|--folds and --validation are given, expected one of them: folds"
            + " validate on rows of --train",
        "--folds 3 --groups g.csv --stratified|--groups is given, so --stratified has no meaning:"
            + " groups are split by class",
        "--early-stopping -1|early stopping is -1, expected 0 or more",
        "--average-epochs 11|average epochs is 11, expected 0 to 10, the epochs there are",
        "--average-epochs 3 --fine-tune-epochs 2|average epochs is 3, expected 0 to 2, the epochs"
            + " there are",
        "--average-epochs 3 --early-stopping 2|--average-epochs and --early-stopping are given,"
            + " expected one of them: both say which weights to end with",
        "--plateau-factor 1|plateau factor is 1.0, expected more than 0 and less than 1",
        "--monitor f1|Invalid value for option '--monitor': expected one of [VAL_LOSS,"
            + " VAL_ACCURACY, LOSS, ACCURACY] (case-insensitive) but was 'f1'",
        "--resume runs/1 --run runs/2|--run and --resume are given, expected one of them",
        "--explain -1|--explain is -1, expected 0 or more",
        "--checkpoint-every -1|--checkpoint-every is -1.0, expected 0 to 1000000000",
        "--keep-checkpoints 1|--keep-checkpoints is 1, expected 2 or more",
        "--precision float8|Invalid value for option '--precision': expected one of [FLOAT32,"
            + " BFLOAT16, FLOAT16] (case-insensitive) but was 'float8'",
        "--precision float16 --no-feature-cache|--precision is float16 and --no-feature-cache is"
            + " given, which is float32 only",
        "--resident maybe|Invalid value for option '--resident': expected one of [AUTO, ON, OFF]"
            + " (case-insensitive) but was 'maybe'",
        "--resident-memory much|--resident-memory is 'much', expected a size as 512M or 40G",
        "--calls-in-flight 0|--calls-in-flight is 0, expected 1 or more",
        "--threads -1|--threads is -1, expected 1 or more",
        "--deterministic|--deterministic: TensorFlow reads the environment when it loads, expected"
            + " TF_CUDNN_USE_AUTOTUNE=0 and TF_DETERMINISTIC_OPS=1 in it. Start scripts/virus-mnist"
            + " with the option, or export them",
        "--inference-batch 0|--inference-batch is 0, expected 1 or more",
        "--model-sha256 abc|--model-sha256: 'abc' is no SHA-256, expected 64 hexadecimal digits",
        "--frobnicate|Unknown option: '--frobnicate'",
        "--epochs x|Invalid value for option '--epochs': 'x' is not an int",
      })
  void refusesTrainingOptionsItCannotFollow(String options, String message) {
    Cli cli = Cli.run((Object[]) ("train " + options).split(" "));

    assertThat(cli.err())
        .isEqualTo("virus-mnist: " + message + " (try 'virus-mnist train --help')\n");
    assertThat(cli.out()).isEmpty();
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batch-sizes 1,0|--batch-sizes has 0, expected 1 or more",
        "--time -1|--time is -1.0, expected 0 to 3600",
        "--warm-up NaN|--warm-up is NaN, expected 0 to 3600",
        "--threads 0|--threads is 0, expected 1 or more",
        "--calls-in-flight -2|--calls-in-flight is -2, expected 1 or more",
        "--work sleep|Invalid value for option '--work' (NAME): expected one of [FEATURES, PREDICT,"
            + " HEAD_STEP, FINE_TUNE_STEP] (case-insensitive) but was 'sleep'",
      })
  void refusesMeasurementsItCannotMake(String options, String message) {
    Cli cli = Cli.run((Object[]) ("benchmark " + options).split(" "));

    assertThat(cli.err())
        .isEqualTo("virus-mnist: " + message + " (try 'virus-mnist benchmark --help')\n");
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesTwoKindsOfValidation() {
    Cli cli = Cli.run("train", "--model", TINY, "--validation", "v.csv", "--stratified");

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: --validation is given, so --validation-split and --stratified have no"
                + " meaning (try 'virus-mnist train --help')\n");
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesASplitThatLeavesNoRows() throws IOException {
    Path csv = SampleCsv.write(directory.resolve("train.csv"), 20);
    Cli cli =
        Cli.run("train", "--model", TINY, "--train", csv, "--test", csv, "--validation-split", "1");

    assertThat(cli.err()).startsWith("virus-mnist: --validation-split: ").endsWith("--help')\n");
    assertThat(cli.err()).hasLineCount(1);
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void asksForAVerb() {
    Cli cli = Cli.run();

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: no verb given, expected one of inspect, train, tune, evaluate, predict,"
                + " explain, images, benchmark, report, doctor"
                + " (try 'virus-mnist --help')\n");
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect",
        "train",
        "tune",
        "evaluate",
        "predict",
        "explain",
        "images",
        "benchmark",
        "report"
      })
  void explainsEveryVerbWithAnExample(String verb) {
    Cli cli = Cli.run(verb, "--help");

    assertThat(cli.out()).startsWith("Usage: virus-mnist " + verb).contains("Example");
    assertThat(cli.err()).isEmpty();
    assertThat(cli.exitCode()).isZero();
  }

  @Test
  void namesAPageForSeveralRunsOnly() {
    Cli cli = Cli.run("report", directory, "--output", "c.html");

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: --output is for several runs; one run's page is its report.html"
                + " (try 'virus-mnist report --help')\n");
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesToReportWhatIsNoRun() {
    Cli cli = Cli.run("report", directory);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: %s: is no run, expected a file 'config.json' in it. Name a directory that train wrote.\n"
                .formatted(directory));
    assertThat(cli.exitCode()).isEqualTo(6);
  }

  @Test
  void saysItsVersion() {
    assertThat(Cli.run("--version").out())
        .matches("virus-mnist \\S+ \\(revision \\S+, TensorFlow Java 1\\.1\\.0, Java 17\\S*\\)\n");
  }

  @Test
  void refusesDamagedDataWithFileAndLineAndLeavesNothingBehind() throws IOException {
    Path train = SampleCsv.write(directory.resolve("train.csv"), 20);
    Files.writeString(train, Files.readString(train).replaceFirst("\n0,\\d+", "\n0,x9"));
    Path run = directory.resolve("run");
    Cli cli = Cli.run("train", "--model", TINY, "--train", train, "--test", train, "--run", run);

    assertThat(cli.err())
        .startsWith(
            "virus-mnist: " + train + ":2: pixel1 is 'x9', expected an integer from 0 to 255")
        .hasLineCount(1);
    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(run).doesNotExist();
  }

  @Test
  void refusesAModelThatIsNotThere() {
    Path missing = directory.resolve("nothing");
    Cli cli = Cli.run("evaluate", "--model", missing, "--data", "data/test.csv.gz");

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: SavedModel "
                + missing
                + ": no directory, expected a SavedModel with a file 'saved_model.pb'."
                + " Re-export it with scripts/export_savedmodel.py.\n");
    assertThat(cli.exitCode()).isEqualTo(4);
  }

  @Test
  void refusesADamagedModelAndPrintsTheTraceOnlyWhenAsked() throws IOException {
    Files.createDirectories(directory.resolve("model/variables"));
    Files.writeString(directory.resolve("model/variables/variables.index"), "");
    Files.write(directory.resolve("model/saved_model.pb"), new byte[] {0x12, 0x7f, 1});
    Cli quiet = Cli.run("predict", "--model", directory, "--data", "d.csv", "--output", "o.csv");
    Cli verbose =
        Cli.run(
            "predict", "--model", directory, "--data", "d.csv", "--output", "o.csv", "--verbose");

    assertThat(quiet.err())
        .startsWith("virus-mnist: SavedModel ")
        .contains("saved_model.pb is damaged or no SavedModel: ")
        .hasLineCount(1);
    assertThat(quiet.exitCode()).isEqualTo(4);
    assertThat(verbose.err()).contains("\tat org.virusmnist.model.SavedModelFile");
  }

  @Test
  void saysWhichFileIsMissing() {
    Path missing = directory.resolve("missing.csv");
    Cli cli = Cli.run("inspect", missing, "--output", directory);

    assertThat(cli.err()).startsWith("virus-mnist: " + missing + ": no such file").hasLineCount(1);
    assertThat(cli.exitCode()).isEqualTo(6);
  }

  @Test
  void inspectsADataSet() throws IOException {
    Path csv = SampleCsv.write(directory.resolve("train.csv"), 20);
    Files.writeString(
        directory.resolve("classes.csv"),
        "label,name\n0,a\n1,b\n2,c\n3,d\n4,e\n5,f\n6,g\n7,h\n8,i\n9,long\n");
    Cli cli = Cli.run("inspect", csv, "--output", directory.resolve("charts"));

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .startsWith(csv + "\n  shape          (20, 1026)\n")
        .contains("  columns        label, pixel1 to pixel1024, hash\n")
        .containsPattern("  value range    0 to 255, mean \\d+\\.\\d\n")
        .contains("  start with MZ  0.0 % of the rows\n")
        .contains("    0 a     2  10.0 %\n")
        .contains("    9 long  2  10.0 %\n")
        .contains("Wrote " + directory.resolve("charts/samples-train.png") + "\nAudit: ")
        .endsWith("Wrote " + directory.resolve("charts/audit.json") + "\n");
    assertThat(directory.resolve("charts/samples-train.png")).isNotEmptyFile();
    assertThat(cli.exitCode()).isZero();
  }

  @Test
  void refusesAModelOfAnotherHash() throws IOException {
    String zeros = "0".repeat(64);
    Cli cli = Cli.run("predict", "--model", TINY, "--data", "x", "--output", "y.csv", PIN, zeros);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: SavedModel %s has SHA-256 %s, expected %s. Find out who changed it, or pin the new hash.\n"
                .formatted(TINY, Sha256.ofDirectory(TINY), zeros));
    assertThat(cli.exitCode()).isEqualTo(4);
  }
}
