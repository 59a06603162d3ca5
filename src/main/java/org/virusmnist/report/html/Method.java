package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/** What was trained, in words: from {@code config.json} and the model's {@code contract.json}. */
final class Method {
  private final JsonTree config;
  private final JsonTree contract;

  private Method(RunValues run) {
    this.config = run.config();
    this.contract = run.details().contract();
  }

  /** Returns the method, empty where the run says nothing of its model. */
  static String of(RunValues run) {
    Method method = new Method(run);
    if (!run.config().at("model", "features").isPresent()) {
      return "";
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(method.head() + ".");
    sentences.add(method.loss());
    if (method.fineTuneEpochs() > 0) {
      sentences.add(method.fineTuning());
    }
    return String.join(" ", sentences);
  }

  private String head() {
    JsonTree head = contract.at("head");
    String features = Text.count(config.at("model", "features").number());
    String classes = Text.count(config.at("model", "classes").number());
    if (head.at("weights", "byte_branch").isPresent()) {
      return "Two branches over %s features: the bytes themselves, and maps of frozen %s at %s depths%s; the probabilities of the branches count %s to %s"
          .formatted(
              features,
              network(),
              Words.number(head.at("features", "depths").list().size()),
              size(),
              head.at("weights", "byte_branch").text(),
              head.at("weights", "depth_branch").text());
    }
    String from = "Frozen %s features (%s)%s, ".formatted(network(), features, size());
    return contract.isPresent() && !head.isPresent()
        ? from
            + "one dense layer to %s classes with %s, %s weights trained"
                .formatted(classes, activation(), Text.count(denseWeights()))
        : from + "a head to %s classes".formatted(classes);
  }

  private double denseWeights() {
    return (config.at("model", "features").number() + 1) * config.at("model", "classes").number();
  }

  private String activation() {
    JsonTree activation = contract.at("activation");
    return activation.isPresent() ? activation.text() : "softmax";
  }

  /** MobileNetV2 is known by the names of its blocks. */
  private String network() {
    return contract.at("blocks").list().stream()
            .anyMatch(block -> block.text().equals("expanded_conv"))
        ? "MobileNetV2"
        : "base";
  }

  private String size() {
    double network = contract.at("network_size").number();
    return network > contract.at("input_size").number()
        ? " at %1$.0f × %1$.0f pixels".formatted(network)
        : "";
  }

  private String loss() {
    String optimizer = config.at("options", "optimizer").text();
    String epochs = config.at("options", "epochs").text();
    return "Trained with cross-entropy%s%s."
        .formatted(
            optimizer.isEmpty() ? "" : " and " + Words.capital(optimizer),
            epochs.isEmpty() ? "" : ", up to %s epochs".formatted(epochs));
  }

  private double fineTuneEpochs() {
    return config.at("options", "fine_tune_epochs").number();
  }

  private String fineTuning() {
    JsonTree blocks = config.at("options", "fine_tune_blocks");
    return "Then the base too, %s: up to %s epochs of base and head together."
        .formatted(
            blocks.isPresent() ? "its last %s blocks".formatted(blocks.text()) : "all of it",
            Text.count(fineTuneEpochs()));
  }
}
