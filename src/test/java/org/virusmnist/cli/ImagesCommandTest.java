package org.virusmnist.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.virusmnist.cli.input.RecipeFile;
import org.virusmnist.dataset.ClassNames;
import org.virusmnist.dataset.ImageCsv;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;
import org.virusmnist.pe.PeBytes;
import org.virusmnist.storage.Sha256;

/** Executables in, a data set out that the other verbs read; no native code is loaded. */
class ImagesCommandTest {
  private static final int TIMESTAMP = PeBytes.PE + 8;

  @TempDir private Path directory;
  private Path corpus;
  private Path output;

  @BeforeEach
  void writeFiles() throws IOException {
    corpus = directory.resolve("corpus");
    output = directory.resolve("out/pe.csv.gz");
    executable("good/a.exe", 1);
    executable("good/deep/b.dll", 2);
    executable("bad/c.exe", 3);
    Files.writeString(corpus.resolve("good/readme.txt"), "no program");
  }

  private void executable(String name, int timestamp) throws IOException {
    Path file = corpus.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PeBytes.with(TIMESTAMP, timestamp));
  }

  @Test
  void writesImagesHashesFilesAndWhatWasSkipped() throws IOException {
    Cli cli = Cli.run("images", corpus, "--output", output, "--hash", "sha256");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .isEqualTo(
            """
            Wrote %s: 3 images by recipe header
            Wrote %s: which row is which file
            Wrote %s: 1 skipped, the first is %s: does not start with MZ
            """
                .formatted(
                    output,
                    directory.resolve("out/pe.files.csv"),
                    directory.resolve("out/pe.skipped.csv"),
                    corpus.resolve("good/readme.txt")));
    ImageSet images = ImageCsv.read(output, 10, Labels.OPTIONAL);
    assertThat(images.size()).isEqualTo(3);
    assertThat(images.hasLabels()).isFalse();
    assertThat(List.of(images.pixel(0, TIMESTAMP), images.pixel(2, TIMESTAMP)))
        .containsExactly(3, 2);
    assertThat(images.hash(1)).isEqualTo(Sha256.of(corpus.resolve("good/a.exe")));
    assertThat(Files.readAllLines(directory.resolve("out/pe.files.csv")))
        .containsExactly(
            "row,file,size",
            "0," + corpus.resolve("bad/c.exe") + ",2048",
            "1," + corpus.resolve("good/a.exe") + ",2048",
            "2," + corpus.resolve("good/deep/b.dll") + ",2048");
    assertThat(Files.readAllLines(directory.resolve("out/pe.skipped.csv")))
        .containsExactly(
            "file,reason", corpus.resolve("good/readme.txt") + ",does not start with MZ");
  }

  @Test
  void takesLabelsFromFoldersAndWritesTheirNames() throws IOException {
    executable("loose.exe", 4);
    Cli cli = Cli.run("images", corpus, "--output", output, "--labels", "folders");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(ImageCsv.read(output, 2).labels()).containsExactly(0, 1, 1);
    assertThat(ClassNames.read(directory.resolve("out/classes.csv")).toList())
        .containsExactly("bad", "good");
    assertThat(directory.resolve("out/pe.skipped.csv"))
        .content()
        .contains(corpus.resolve("loose.exe") + ",lies in no folder that names a class");
  }

  @Test
  void takesNoHiddenFolderAndNoLinkForAClass() throws IOException {
    executable(".git/a.exe", 4);
    executable("../elsewhere/b.exe", 5);
    Path link = Files.createSymbolicLink(corpus.resolve("aside"), directory.resolve("elsewhere"));
    Cli.run("images", corpus, "--output", output, "--labels", "folders");
    Cli follows =
        Cli.run(
            "images",
            corpus,
            "--output",
            directory.resolve("2/pe.csv"),
            "--labels",
            "folders",
            "--follow-links");

    assertThat(ImageCsv.read(output, 2).labels()).containsExactly(0, 1, 1);
    assertThat(ClassNames.read(directory.resolve("out/classes.csv")).toList())
        .containsExactly("bad", "good");
    assertThat(follows.exitCode()).as(follows.err()).isZero();
    assertThat(ClassNames.read(directory.resolve("2/classes.csv")).toList())
        .containsExactly("aside", "bad", "good");
    assertThat(directory.resolve("out/pe.skipped.csv"))
        .content()
        .contains(link + ",\"is a link to a folder, which is not followed\"");
  }

  @Test
  void warnsOfClassesWithoutAnImage() throws IOException {
    Files.createDirectories(corpus.resolve("empty"));
    Cli cli = Cli.run("images", corpus, "--output", output, "--labels", "folders");

    assertThat(cli.err()).contains("Classes without an image: 1 empty. Labels count them.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"})
  void refusesClassesThatASpreadsheetTakesForFormulas(String folder) throws IOException {
    executable(folder + "/d.exe", 5);
    Cli cli = Cli.run("images", corpus, "--output", output, "--labels", "folders");

    assertThat(cli.err())
        .startsWith(
            "virus-mnist: class '%s' starts with '%s', which a spreadsheet takes for a formula. Rename"
                .formatted(folder, folder.charAt(0)));
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(output).doesNotExist();
  }

  @Test
  void givesFoldersTheLabelsOfNamesThatExist() throws IOException {
    Path names = directory.resolve("names.csv");
    Files.writeString(names, "label,name\n2,good\n0,bad\n1,ugly\n");
    Cli cli = Cli.run("images", corpus, "--output", output, "--class-names", names);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(ImageCsv.read(output, 3).labels()).containsExactly(0, 2, 2);

    Files.writeString(names, "label,name\n0,good\n");
    Cli refused = Cli.run("images", corpus, "--output", output, "--class-names", names);
    assertThat(refused.err())
        .isEqualTo(
            "virus-mnist: %s has no class 'bad', expected a name for every folder (try 'virus-mnist images --help')\n"
                .formatted(names));
    assertThat(refused.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesToMixNamesOfClasses() throws IOException {
    Path classes = directory.resolve("out/classes.csv");
    Files.createDirectories(classes.getParent());
    Files.writeString(classes, "label,name\n0,other\n");
    Cli cli = Cli.run("images", corpus, "--output", output, "--labels", "folders");

    assertThat(cli.err())
        .isEqualTo(
            ("virus-mnist: %s: names other classes than the folders do. Give it as --class-names,"
                    + " or write to another directory.\n")
                .formatted(classes));
    assertThat(cli.exitCode()).isEqualTo(6);
    assertThat(output).doesNotExist();
  }

  @Test
  void saysThatThereIsNoExecutableAndListsTheReasons() throws IOException {
    Path text = corpus.resolve("good/readme.txt");
    Cli cli = Cli.run("images", text, "--output", output);

    assertThat(cli.err())
        .isEqualTo(
            "virus-mnist: %s: no Windows executable among 1 files. See %s for the reasons.\n"
                .formatted(text, directory.resolve("out/pe.skipped.csv")));
    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(directory.resolve("out")).isDirectoryContaining("glob:**/pe.skipped.csv");
    assertThat(output).doesNotExist();
  }

  @Test
  void doesNotListTheFilesItIsWriting() throws IOException {
    Cli cli = Cli.run("images", corpus, "--output", corpus.resolve("pe.csv"));

    assertThat(cli.out()).contains("1 skipped, the first is " + corpus.resolve("good/readme.txt"));
  }

  @Test
  void readsPathsFromAList() throws IOException {
    Path list = directory.resolve("list.txt");
    Files.writeString(
        list, corpus.resolve("bad/c.exe") + "\n" + corpus.resolve("good/deep/b.dll") + "\n");
    Cli cli = Cli.run("images", "@" + list, "--output", output, "--threads", "1");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(ImageCsv.read(output, 10, Labels.OPTIONAL).size()).isEqualTo(2);
  }

  @Test
  void remembersTheRecipeOfItsFileAlone() throws IOException {
    Cli.run("images", corpus, "--output", output, "--recipe", "code");
    assertThat(RecipeFile.read(output)).hasToString("CODE");

    Files.copy(corpus.resolve("bad/c.exe"), output, REPLACE_EXISTING);
    assertThat(RecipeFile.read(output)).isNull();
    assertThat(RecipeFile.read(directory.resolve("none.csv"))).isNull();
  }

  @Test
  void refusesWhatItCannotFollow() {
    assertThat(Cli.run("images", corpus, "--output", output, "--threads", "0").err())
        .startsWith("virus-mnist: --threads is 0, expected 1 or more");
    assertThat(
            Cli.run("images", corpus, "--output", output, "--labels=none", "--class-names=x").err())
        .startsWith("virus-mnist: --class-names has no meaning with --labels none");
    assertThat(Cli.run("images", directory.resolve("x"), "--output", output).err())
        .isEqualTo(
            "virus-mnist: %s: no such file or directory. Check the path.\n"
                .formatted(directory.resolve("x")));
    assertThat(
            Cli.run("images", corpus.resolve("good/deep"), "--output=o.csv", "--labels=folders")
                .err())
        .startsWith("virus-mnist: labels are asked for, but there is no folder below ");
  }
}
