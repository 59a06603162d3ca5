package org.virusmnist.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.chart.ImportantByte;
import org.virusmnist.inference.ByteExplanation;
import org.virusmnist.metrics.Attributions;
import org.virusmnist.metrics.PredictionBatch;
import org.virusmnist.pe.PeFields;

/**
 * A row, what the model says of it, and why.
 *
 * @param prediction the row as a batch of one
 * @param label the class whose logit is explained
 * @param gradients attributions of this row alone
 * @param explanation both measures
 * @param bytes the most important bytes by name, most important first
 */
record ExplainedRow(
    PredictionBatch prediction,
    int label,
    Attributions gradients,
    ByteExplanation explanation,
    List<ImportantByte> bytes) {
  ExplainedRow {
    bytes = List.copyOf(bytes);
  }

  static ExplainedRow of(
      PredictionBatch prediction,
      int label,
      Attributions gradients,
      ByteExplanation explanation,
      int top) {
    PeFields fields = PeFields.of(explanation.grey());
    List<ImportantByte> bytes = new ArrayList<>();
    for (int offset : explanation.mostImportant(top)) {
      bytes.add(
          new ImportantByte(
              offset,
              Byte.toUnsignedInt(explanation.grey()[offset]),
              fields.nameAt(offset).orElse(""),
              explanation.attributions()[offset]));
    }
    return new ExplainedRow(prediction, label, gradients, explanation, bytes);
  }

  long row() {
    return prediction.row(0);
  }

  Map<String, @Nullable Object> record() {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("row", row());
    record.put("hash", prediction.hash(0));
    record.put("label", prediction.hasLabels() ? prediction.label(0) : null);
    record.put("predicted", prediction.predicted(0));
    record.put("probability", prediction.confidence(0));
    record.put("explained_class", label);
    record.put("logit", gradients.logits()[0]);
    record.put("baseline_logit", gradients.baselineLogits()[0]);
    record.put("relative_gap", gradients.relativeGap(0));
    double agreement = explanation.agreement();
    record.put("occlusion_rank_correlation", Double.isNaN(agreement) ? null : agreement);
    record.put("bytes", bytes.stream().map(this::record).toList());
    record.put("attributions", explanation.attributions());
    return record;
  }

  private Map<String, Object> record(ImportantByte important) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("offset", important.offset());
    record.put("value", important.value());
    record.put("field", important.field());
    record.put("attribution", important.attribution());
    record.put("occlusion", explanation.occlusion()[important.offset()]);
    return record;
  }
}
