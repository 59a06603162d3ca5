package org.virusmnist.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** One case of the golden file: rows and what scikit-learn makes of them. */
record GoldenCase(JsonNode json) {
  int classCount() {
    return json.get("classes").asInt();
  }

  int[] labels() {
    double[] numbers = numbers("/labels");
    int[] labels = new int[numbers.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) numbers[i];
    }
    return labels;
  }

  float[] logits() {
    return floats("/logits");
  }

  PredictionBatch batch() {
    return PredictionBatch.of(0, classCount(), floats("/probabilities")).withLabels(labels());
  }

  Evaluation evaluation() {
    Evaluator evaluator = new Evaluator(classCount());
    evaluator.add(batch());
    return evaluator.evaluation();
  }

  ConfusionMatrix confusion() {
    long[][] counts = new long[classCount()][classCount()];
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        counts[t][p] = json.get("confusion").get(t).get(p).asLong();
      }
    }
    return ConfusionMatrix.of(counts);
  }

  double number(String name) {
    return json.get(name).asDouble();
  }

  double[] numbers(String pointer) {
    return numbers(json.at(pointer));
  }

  int size(String pointer) {
    return json.at(pointer).size();
  }

  static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private float[] floats(String pointer) {
    double[] numbers = numbers(pointer);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @Override
  public String toString() {
    return json.get("name").asText();
  }
}
