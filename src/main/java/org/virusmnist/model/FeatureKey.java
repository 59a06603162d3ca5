package org.virusmnist.model;

import java.nio.charset.StandardCharsets;
import org.virusmnist.storage.Sha256;

/**
 * Everything that the features of a file depend on, to the last bit.
 *
 * @param images fingerprint of the file's content
 * @param base fingerprint of the graph and weights ({@link ClassifierModel#featuresFingerprint})
 * @param precision arithmetic, as {@code --precision} has it
 * @param device where they were computed, as {@link ClassifierModel#deviceName}
 * @param batchSize images of a call: sums are taken in another order in another batch
 */
public record FeatureKey(
    String images, String base, Precision precision, String device, int batchSize) {

  /** Returns a name for the cache: the same for equal keys only. */
  String entry() {
    String all =
        String.join("\n", images, base, precision.toString(), device, Integer.toString(batchSize));
    return "features-" + Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }
}
