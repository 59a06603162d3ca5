package org.virusmnist.report.html;

import java.util.List;

/** What the words of the page mean. */
final class Glossary {
  private Glossary() {}

  /**
   * A word.
   *
   * @param key what links to it say
   * @param term the word
   * @param meaning in a sentence or two
   */
  record Entry(String key, String term, String meaning) {}

  private static final List<Entry> ENTRIES =
      List.of(
          entry(
              "accuracy",
              "Accuracy",
              "Share of the rows whose class was found. Its 95 % interval (Wilson) says how much it depends on which rows were drawn for the test, taken as independent of each other."),
          entry(
              "balanced-accuracy",
              "Balanced accuracy",
              "Plain mean of the recall of all classes: a small class counts as much as a large one."),
          entry(
              "brier",
              "Brier score",
              "Mean squared distance of the probabilities from the truth (1 for the true class, 0 for the others), from 0 to 2; 0 is perfect."),
          entry(
              "calibration-error",
              "Calibration error",
              "How far probabilities are from the share that is right: rows are put into 15 bins by probability, and the gaps between both are averaged by rows (expected calibration error)."),
          entry(
              "coff",
              "COFF, optional header, data directory",
              "Parts of the header of a Windows executable: its machine and time, its sizes and addresses, and where its tables are."),
          entry(
              "constant-row",
              "Constant row",
              "A picture whose pixels are all equal: it says nothing of the program."),
          entry(
              "cross-validation",
              "Cross-validation",
              "The training file is cut into folds; each is scored by a model trained on the others. With groups a fold holds whole groups, for instance all files of a package."),
          entry(
              "f1",
              "Precision, recall, F1",
              "Precision: of the rows taken for a class, the share that is of it. Recall: of the rows of a class, the share that was found. F1: their harmonic mean."),
          entry(
              "feature-cache",
              "Feature cache",
              "What the frozen base says of an image never changes, so it is computed once and kept for all epochs."),
          entry(
              "attribution",
              "Integrated gradients",
              "A method that shares the change of a logit, from a black image to this one, out among the bytes (attribution)."),
          entry("logit", "Logit", "The score of a class before it becomes a probability."),
          entry(
              "loss",
              "Loss, cross-entropy, nats",
              "Minus the natural logarithm of the probability of the true class, averaged over rows. Logarithms to the base e are counted in nats; 0 is perfect."),
          entry("macro-f1", "Macro F1", "Plain mean of the F1 of all classes."),
          entry("mz", "MZ", "The first two bytes of every Windows executable."),
          entry(
              "near-copy",
              "Near copy",
              "A test row that differs from some training row in at most 16 of its 1,024 bytes. 16 is a convention: a program that is built again gets other times, sizes and checksums."),
          entry("nll", "Negative log-likelihood", "The loss of the probabilities as they are."),
          entry(
              "occlusion",
              "Occlusion",
              "A byte is set to zero, and the drop of the log-probability of a class is measured."),
          entry("preset", "Preset", "A model and settings under one name."),
          entry(
              "rich",
              "Rich header",
              "A table that Microsoft's linker writes: which tools made how many parts of the program."),
          entry(
              "auc",
              "ROC AUC",
              "The chance that a malicious row looks more malicious than a benign one; 0.5 is a coin, 1 is perfect."),
          entry(
              "stratified",
              "Stratified",
              "Validation rows are drawn so that every class has its share."),
          entry(
              "temperature",
              "Temperature",
              "One number by which logits are divided, fitted on validation rows: above 1 probabilities become more modest, below 1 surer. The predicted class stays."),
          entry(
              "top3",
              "Top-3 accuracy",
              "Share of the rows whose class is among the three likeliest."),
          entry(
              "validation",
              "Validation rows",
              "Rows kept from training to watch it, or to choose when to stop."));

  private static Entry entry(String key, String term, String meaning) {
    return new Entry(key, term, meaning);
  }

  /** Returns every word, in the order of the page. */
  static List<Entry> entries() {
    return ENTRIES;
  }
}
