package org.virusmnist.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Spark is seen by one package, which knows neither the command line nor what is drawn. */
@AnalyzeClasses(packages = "org.virusmnist", importOptions = SparkBordersTest.NoTests.class)
class SparkBordersTest {
  private static final String SPARK = "org.virusmnist.spark..";

  /** Tests are compiled into another place than ArchUnit expects. */
  static final class NoTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  @ArchTest
  static final ArchRule ONLY_SPARK_SEES_SPARK =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..", "scala..");

  @ArchTest
  static final ArchRule SPARK_KNOWS_NEITHER_COMMANDS_NOR_CHARTS_NOR_TRAINING =
      noClasses()
          .that()
          .resideInAPackage(SPARK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.virusmnist.cli..",
              "org.virusmnist.chart..",
              "org.virusmnist.report..",
              "org.virusmnist.training..",
              "picocli..");

  @ArchTest
  static final ArchRule ONLY_SPARK_COMMANDS_SEE_THE_SPARK_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPARK)
          .and()
          .haveNameNotMatching("org\\.virusmnist\\.cli\\.Spark.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SPARK);
}
