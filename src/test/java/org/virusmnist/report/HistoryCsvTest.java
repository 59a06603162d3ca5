package org.virusmnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.metrics.Epoch;
import org.virusmnist.metrics.History;

class HistoryCsvTest {
  private static final History HISTORY =
      new History(List.of(new Epoch(0, 1.5, 0.25, 1.25, 0.5), new Epoch(1, 0.1 + 0.2, 1, 1, 0.75)));

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("history.csv");
  }

  @Test
  void startsWithKerasColumns() throws IOException {
    HistoryCsv.write(
        file,
        new HistoryTable(
            HISTORY,
            List.of(
                new HistoryColumn("learning_rate", List.of(1e-3, 5e-4)),
                new HistoryColumn("images_per_second", List.of(Double.NaN, 1234.5)))));

    assertThat(file)
        .hasContent(
            """
            epoch,accuracy,loss,val_accuracy,val_loss,learning_rate,images_per_second
            0,0.25,1.5,0.5,1.25,0.001,
            1,1.0,0.30000000000000004,0.75,1.0,5.0E-4,1234.5
            """);
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    HistoryTable table =
        new HistoryTable(HISTORY, List.of(new HistoryColumn("seconds", List.of(0.125, 0.1))));
    HistoryCsv.write(file, table);

    assertThat(HistoryCsv.read(file)).isEqualTo(table);
  }

  @Test
  void epochWithoutValidationHasEmptyCells() throws IOException {
    History history = History.empty().append(Epoch.unvalidated(0, Double.NaN, 0.5));
    HistoryCsv.write(file, new HistoryTable(history, List.of()));

    assertThat(file).hasContent("epoch,accuracy,loss,val_accuracy,val_loss\n0,0.5,NaN,,\n");
    assertThat(HistoryCsv.read(file).history()).isEqualTo(history);
  }

  @Test
  void readsColumnsByName() throws IOException {
    Files.writeString(file, "val_loss,loss,epoch,lr,val_accuracy,accuracy\n4,2,0,9,0.3,0.1\n");

    assertThat(HistoryCsv.read(file))
        .isEqualTo(
            new HistoryTable(
                History.empty().append(new Epoch(0, 2, 0.1, 4, 0.3)),
                List.of(new HistoryColumn("lr", List.of(9.0)))));
  }

  @Test
  void historyWithoutEpochsKeepsItsColumns() throws IOException {
    HistoryTable table =
        new HistoryTable(History.empty(), List.of(new HistoryColumn("seconds", List.of())));
    HistoryCsv.write(file, table);

    assertThat(HistoryCsv.read(file)).isEqualTo(table);
  }

  @Test
  void rejectsColumnOfAnotherLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new HistoryTable(HISTORY, List.of(new HistoryColumn("seconds", List.of(1.0)))))
        .withMessage("column seconds has 1 values for 2 epochs");
  }

  @Test
  void namesTheMissingColumn() {
    assertRejected(
        "epoch,accuracy,loss\n", ": no column 'val_accuracy'. Found: [epoch, accuracy, loss]");
  }

  @Test
  void namesTheWrongCell() {
    String header = "epoch,accuracy,loss,val_accuracy,val_loss\n";
    assertRejected(header + "0,0.5,1,0.5,x\n", ":2: val_loss is 'x', expected a number");
    assertRejected(header + "0.5,0,1,0,1\n", ":2: epoch is '0.5', expected a whole number");
    assertRejected(header + "0,7,1,0,1\n", ":2: accuracy is 7.0, expected 0 to 1");
    assertRejected(header + "0,0.5,1,0.5\n", ":2: 4 cells, expected 5");
  }

  @Test
  void rejectsEpochsOutOfOrder() {
    assertRejected(
        "epoch,accuracy,loss,val_accuracy,val_loss\n1,0,1,0,1\n0,0,1,0,1\n",
        ": is no history (epoch 0 follows epoch 1)");
  }

  @Test
  void rejectsWhatIsNoCsv() {
    assertRejected(
        "a,a,,\n", ": is no CSV file with a header (A header name is missing in [a, a, , ])");
  }

  private void assertRejected(String content, String message) {
    assertThatIOException()
        .isThrownBy(
            () -> {
              Files.writeString(file, content);
              HistoryCsv.read(file);
            })
        .withMessage(file + message);
  }
}
