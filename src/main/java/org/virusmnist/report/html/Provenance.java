package org.virusmnist.report.html;

import java.util.ArrayList;
import java.util.List;
import org.virusmnist.report.JsonTree;
import org.virusmnist.report.RunValues;

/** What was run, on what, with what. */
final class Provenance {
  private Provenance() {}

  static List<Fact> of(RunValues run) {
    JsonTree config = run.config();
    List<Fact> facts = new ArrayList<>();
    String method = Method.of(run);
    if (!method.isEmpty()) {
      facts.add(new Fact("Method", method));
    }
    add(facts, "Started", config.at("started"));
    JsonTree train = config.at("data", "train");
    addData(facts, "Training rows", train, sha256(train));
    JsonTree validation = config.at("data", "validation");
    boolean isSameFile =
        train.at("sha256").isPresent() && train.at("sha256").equals(validation.at("sha256"));
    addData(
        facts,
        "Validation rows",
        validation,
        isSameFile ? "the same file: other rows of it" : sha256(validation));
    addData(facts, "Test rows", config.at("data", "test"), sha256(config.at("data", "test")));
    addModel(facts, config.at("model"));
    facts.add(new Fact("Machine", machine(run)));
    addVersions(facts, config.at("environment"));
    return facts;
  }

  /** Returns the device and, as far as it is known, what it belongs to. */
  static String machine(RunValues run) {
    JsonTree details = run.config().at("device_details");
    JsonTree device = details.isPresent() ? details : run.config().at("device");
    JsonTree environment = run.config().at("environment");
    List<String> machine = new ArrayList<>();
    if (device.text().startsWith("CPU")) {
      machine.add("CPU, no GPU");
    } else {
      machine.add(device.isPresent() ? device.text() : "an unknown device");
    }
    if (environment.at("processor").isPresent()) {
      machine.add(environment.at("processor").text());
    }
    if (environment.at("processors").isPresent()) {
      machine.add(environment.at("processors").text() + " processors");
    }
    return String.join(", ", machine);
  }

  private static void add(List<Fact> facts, String name, JsonTree value) {
    if (value.isPresent()) {
      facts.add(new Fact(name, value.text()));
    }
  }

  private static void addData(List<Fact> facts, String name, JsonTree data, String note) {
    if (data.isPresent()) {
      facts.add(
          new Fact(
              name,
              "%s rows, %s".formatted(Text.count(data.at("rows").number()), data.at("file").text()),
              note));
    }
  }

  private static void addModel(List<Fact> facts, JsonTree model) {
    if (model.isPresent()) {
      facts.add(
          new Fact(
              "Model",
              "%s, %s features, %s classes"
                  .formatted(
                      model.at("directory").text(),
                      Text.count(model.at("features").number()),
                      Text.count(model.at("classes").number())),
              sha256(model)));
    }
  }

  private static String sha256(JsonTree of) {
    return of.at("sha256").isPresent() ? "SHA-256 " + of.at("sha256").text() : "";
  }

  private static void addVersions(List<Fact> facts, JsonTree environment) {
    if (environment.isPresent()) {
      facts.add(
          new Fact(
              "Program",
              "virus-mnist %s, git revision %s"
                  .formatted(
                      environment.at("virus_mnist").text(), environment.at("revision").text())));
      facts.add(
          new Fact(
              "Platform",
              "TensorFlow Java %s, Java %s, %s, %s"
                  .formatted(
                      environment.at("tensorflow_java").text(),
                      environment.at("java").text(),
                      environment.at("os").text(),
                      environment.at("architecture").text())));
    }
  }
}
