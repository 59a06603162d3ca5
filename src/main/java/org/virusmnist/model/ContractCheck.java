package org.virusmnist.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.virusmnist.model.ModelSignatures.SignatureSpec;

/** Compares the signatures of a SavedModel with those this application calls. */
final class ContractCheck {
  private final Map<String, SignatureDef> found;
  private final List<String> differences = new ArrayList<>();

  private ContractCheck(Map<String, SignatureDef> found) {
    this.found = found;
  }

  /**
   * Checks every signature, input, output, type and shape; those that keep rows on the device, or
   * train the base otherwise than the head, may be absent.
   *
   * @return the model's own sizes
   * @throws ModelContractException with all differences, if there is one
   */
  static ModelShape check(Path directory, Map<String, SignatureDef> found)
      throws ModelContractException {
    ContractCheck check = new ContractCheck(found);
    long features = check.lastDimension(ModelSignatures.FEATURES_OF_IMAGES, "features");
    long classes = check.lastDimension(ModelSignatures.SERVING_DEFAULT, "probabilities");
    for (SignatureSpec expected : ModelSignatures.ALL) {
      check.compareSignature(expected.resolve(features, classes));
    }
    Stream.of(ModelSignatures.RESIDENT, ModelSignatures.PARTS)
        .flatMap(List::stream)
        .filter(optional -> found.containsKey(optional.name()))
        .forEach(optional -> check.compareSignature(optional.resolve(features, classes)));
    if (!check.differences.isEmpty()) {
      throw new ModelContractException(directory, check.differences);
    }
    return new ModelShape(Math.toIntExact(features), Math.toIntExact(classes));
  }

  private long lastDimension(String signature, String output) {
    SignatureDef definition = found.get(signature);
    TensorInfo info = definition == null ? null : definition.getOutputsMap().get(output);
    if (info == null) {
      return ModelSignatures.ANY; // compareSignature reports it
    }
    TensorSpec spec = TensorSpec.of(info);
    long size = spec.rank() == 0 ? ModelSignatures.ANY : spec.dimension(spec.rank() - 1);
    if (size < 1) {
      differences.add(
          "output '%s' of signature '%s' is %s, expected a known last dimension"
              .formatted(output, signature, spec));
    }
    return size;
  }

  private void compareSignature(SignatureSpec expected) {
    SignatureDef definition = found.get(expected.name());
    if (definition == null) {
      differences.add("no signature '%s', found %s".formatted(expected.name(), signatureNames()));
      return;
    }
    String of = " of signature '" + expected.name() + "'";
    compareTensors("input", of, expected.inputs(), definition.getInputsMap());
    compareTensors("output", of, expected.outputs(), definition.getOutputsMap());
  }

  /** The names a user gave; TensorFlow's own begin with underscores. */
  private Set<String> signatureNames() {
    Set<String> names = new TreeSet<>(found.keySet());
    names.removeIf(name -> name.startsWith("__"));
    return names;
  }

  private void compareTensors(
      String kind, String of, Map<String, TensorSpec> expected, Map<String, TensorInfo> actual) {
    for (Map.Entry<String, TensorSpec> entry : new TreeMap<>(expected).entrySet()) {
      TensorInfo info = actual.get(entry.getKey());
      if (info == null) {
        differences.add(
            "no %s '%s'%s, found %s"
                .formatted(kind, entry.getKey(), of, new TreeSet<>(actual.keySet())));
      } else if (!entry.getValue().matches(TensorSpec.of(info))) {
        differences.add(
            "%s '%s'%s is %s, expected %s"
                .formatted(kind, entry.getKey(), of, TensorSpec.of(info), entry.getValue()));
      }
    }
    for (String name : new TreeSet<>(actual.keySet())) {
      if (!expected.containsKey(name) && kind.equals("input")) {
        differences.add("unexpected input '%s'%s".formatted(name, of));
      }
    }
  }
}
