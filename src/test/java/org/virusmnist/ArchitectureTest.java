package org.virusmnist;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The borders between packages: a library is seen by one package, and the loops see no library. */
@AnalyzeClasses(packages = "org.virusmnist", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.virusmnist.";

  private static final DescribedPredicate<JavaClass> NDARRAY =
      resideInAPackage("org.tensorflow.ndarray..");

  private static final DescribedPredicate<JavaClass> SHOWN =
      DescribedPredicate.describe(
          "types of the JDK or of the API",
          type -> {
            String name = type.getBaseComponentType().getFullName();
            return type.getBaseComponentType().isPrimitive()
                || name.startsWith("java.")
                || name.startsWith(ROOT + "api.");
          });

  private static final DescribedPredicate<List<JavaClass>> ALL_SHOWN =
      DescribedPredicate.describe("shown types only", types -> types.stream().allMatch(SHOWN));

  @ArchTest
  static final ArchRule ONLY_MODEL_SEES_TENSORFLOW =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "model..", ROOT + "report.tensorboard..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.tensorflow..", "org.bytedeco..").and(not(NDARRAY)));

  @ArchTest
  static final ArchRule EVENT_FILES_SEE_TENSORFLOWS_MESSAGES_AND_STORAGE_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "report.tensorboard..")
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      "java..",
                      "org.jspecify..",
                      "com.google.protobuf..",
                      "org.tensorflow.proto",
                      ROOT + "storage..",
                      ROOT + "report.tensorboard..")));

  @ArchTest
  static final ArchRule ONLY_MODEL_AND_DATASET_SEE_NDARRAY =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "model..", ROOT + "dataset..")
          .should()
          .dependOnClassesThat(NDARRAY);

  @ArchTest
  static final ArchRule ONLY_CHART_SEES_JFREECHART =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "chart..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.jfree..");

  @ArchTest
  static final ArchRule ONLY_PAGES_SEE_THE_TEMPLATE_LIBRARY =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "report.html..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("gg.jte..");

  @ArchTest
  static final ArchRule FILES_DO_NOT_SEE_PAGES =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "report")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "report.html..");

  @ArchTest
  static final ArchRule ONLY_CLI_SEES_PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule ONLY_CLI_AND_API_SEE_THE_MODEL =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "cli..", ROOT + "api..", ROOT + "model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "model..");

  @ArchTest
  static final ArchRule NOBODY_SEES_CLI =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "cli..");

  @ArchTest
  static final ArchRule NOBODY_SEES_THE_API =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "api..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "api..");

  @ArchTest
  static final ArchRule API_SHOWS_TYPES_OF_THE_JDK_AND_ITS_OWN =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(ROOT + "api..")
          .and()
          .arePublic()
          .should()
          .haveRawReturnType(SHOWN)
          .andShould()
          .haveRawParameterTypes(ALL_SHOWN)
          .andShould()
          .notDeclareThrowableOfType(not(SHOWN));

  @ArchTest
  static final ArchRule METRICS_AND_STORAGE_SEE_THE_JDK_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "metrics..", ROOT + "storage..")
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      "java..", "org.jspecify..", ROOT + "metrics..", ROOT + "storage..")));

  @ArchTest
  static final ArchRule METRICS_DO_NOT_SEE_STORAGE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "storage..");

  @ArchTest
  static final ArchRule LOOPS_SEE_DATA_AND_METRICS_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "training..", ROOT + "inference..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.virusmnist..")
                  .and(
                      not(
                          resideInAnyPackage(
                              ROOT + "training..",
                              ROOT + "inference..",
                              ROOT + "dataset..",
                              ROOT + "metrics.."))));

  /** What decides about devices decides before native code is there. */
  @ArchTest
  static final ArchRule DEVICE_SEES_THE_JDK_AND_STORAGE_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "device..")
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      "java..", "org.jspecify..", ROOT + "device..", ROOT + "storage..")));

  /** One place decides and loads, for the command line and for other programs. */
  @ArchTest
  static final ArchRule ONLY_CLI_API_AND_MODEL_SEE_DEVICES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "cli..", ROOT + "api..", ROOT + "model..", ROOT + "device..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "device..");

  @ArchTest
  static final ArchRule ONLY_MODEL_LOADS_NATIVE_CODE =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "model..")
          .should()
          .callMethod(System.class, "load", String.class)
          .orShould()
          .callMethod(System.class, "loadLibrary", String.class);

  @ArchTest
  static final ArchRule BENCHMARK_SEES_METRICS_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "benchmark..")
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      "java..", "org.jspecify..", ROOT + "benchmark..", ROOT + "metrics..")));

  @ArchTest
  static final ArchRule TUNING_SEES_METRICS_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "tuning..")
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      "java..", "org.jspecify..", ROOT + "tuning..", ROOT + "metrics..")));

  @ArchTest
  static final ArchRule PE_SEES_THE_JDK_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "pe..")
          .should()
          .dependOnClassesThat(not(resideInAnyPackage("java..", "org.jspecify..", ROOT + "pe..")));

  @ArchTest
  static final ArchRule IMAGING_SEES_EXECUTABLES_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "imaging..")
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      "java..", "org.jspecify..", ROOT + "imaging..", ROOT + "pe..")));

  @ArchTest
  static final ArchRule AUDIT_SEES_DATA_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "audit..")
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      "java..", "org.jspecify..", ROOT + "audit..", ROOT + "dataset..")));

  @ArchTest
  static final ArchRule REPORT_AND_CHART_SEE_METRICS_AND_STORAGE_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "report..", ROOT + "chart..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.virusmnist..")
                  .and(
                      not(
                          resideInAnyPackage(
                              ROOT + "report..",
                              ROOT + "chart..",
                              ROOT + "metrics..",
                              ROOT + "storage.."))));

  @ArchTest
  static final ArchRule NOTHING_BELOW_CLI_LOGS_BUT_THE_LOOPS =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "cli..", ROOT + "training..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.logging..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_OF_CLI_HAVE_NO_CYCLES =
      slices().matching(ROOT + "cli.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule VERBS_SEE_WHAT_THEY_SHARE_AND_NOT_EACH_OTHER =
      slices()
          .matching(ROOT + "cli.(inspect|images|predict|explain|benchmark|train|tune)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage(ROOT + "cli.tune"), resideInAPackage(ROOT + "cli.train"))
          .ignoreDependency(
              resideInAPackage(ROOT + "cli.train"), resideInAPackage(ROOT + "cli.inspect"));

  @ArchTest
  static final ArchRule WHAT_VERBS_SHARE_SEES_NO_VERB =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "cli.console", ROOT + "cli.input", ROOT + "cli.session", ROOT + "cli.run")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "cli.inspect",
              ROOT + "cli.images",
              ROOT + "cli.predict",
              ROOT + "cli.explain",
              ROOT + "cli.benchmark",
              ROOT + "cli.train",
              ROOT + "cli.tune");

  @ArchTest
  static final ArchRule RUN_AND_INPUT_OPEN_NO_MODEL =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "cli.input", ROOT + "cli.run", ROOT + "cli.inspect")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(ROOT + "model.ClassifierModel");

  @ArchTest
  static final ArchRule ONLY_MAIN_SEES_THE_STANDARD_STREAMS_OR_EXITS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + "cli.Main")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule NOBODY_USES_JAVA_UTIL_LOGGING_BUT_TO_SILENCE_TRIBUO =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "baseline..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule ONLY_BASELINES_SEE_TRIBUO =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "baseline..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tribuo..", "com.oracle..");

  @ArchTest
  static final ArchRule BASELINES_SEE_DATA_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "baseline..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.virusmnist..")
                  .and(not(resideInAnyPackage(ROOT + "baseline..", ROOT + "dataset.."))));

  @Test
  void architecturePageNamesOnlyClassesThatExist() throws IOException {
    Set<String> classes =
        sourceFiles().stream().map(ArchitectureTest::simpleName).collect(Collectors.toSet());
    classes.add(ArchitectureTest.class.getSimpleName());
    Matcher names =
        Pattern.compile("`([A-Z][A-Za-z]+[a-z][A-Za-z]*)`")
            .matcher(Files.readString(Path.of("ARCHITECTURE.md")));
    List<String> mentioned = new ArrayList<>();
    while (names.find()) {
      mentioned.add(names.group(1));
    }

    assertThat(mentioned).isNotEmpty();
    assertThat(classes).containsAll(mentioned);
  }

  @Test
  void everyFileStaysUnderThreeHundredLines() throws IOException {
    List<Path> tooLong = new ArrayList<>();
    for (Path file : sourceFiles()) {
      if (Files.readAllLines(file).size() > 300) {
        tooLong.add(file);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** {@code formatted} and {@code printf} write 1.234,5 where the user's country does. */
  @Test
  void numbersWithPointsAndCommasDoNotDependOnTheCountry() throws IOException {
    String number = "%[-+ 0-9]*(,[0-9.]*[df]|\\.\\d+[efg])[^\"]*\"";
    Pattern dependent =
        Pattern.compile(
            number
                + "(\\s*\\+\\s*\"[^\"]*\")*[\\s)]*\\.formatted\\("
                + ("|(printf|String\\.format)\\(\\s*\"[^\"]*" + number));
    List<Path> sources = new ArrayList<>(sourceFiles());
    sources.addAll(javaFiles(Path.of("src/spark/java")));
    List<Path> found = new ArrayList<>();
    for (Path file : sources) {
      if (dependent.matcher(Files.readString(file)).find()) {
        found.add(file);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    List<Path> packages = sourceFiles().stream().map(Path::getParent).distinct().toList();
    assertThat(packages).allSatisfy(p -> assertThat(p.resolve("package-info.java")).exists());
  }

  private static DescribedPredicate<JavaClass> not(DescribedPredicate<JavaClass> predicate) {
    return DescribedPredicate.not(predicate);
  }

  private static List<Path> sourceFiles() throws IOException {
    return javaFiles(Path.of("src/main/java"));
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static String simpleName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }
}
