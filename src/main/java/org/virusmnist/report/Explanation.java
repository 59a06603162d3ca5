package org.virusmnist.report;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a row spoke for a class and which against it. Arrays are kept, not copied.
 *
 * @param row the row, data rows counted from 0
 * @param hash its hash, or null
 * @param label its class, or null where it has none
 * @param predicted the prediction
 * @param probability probability of the prediction, 0 to 1
 * @param explainedClass the class whose logit is explained
 * @param logit its logit
 * @param baselineLogit that of a black image
 * @param relativeGap how far the attributions are from adding up to the change of the logit,
 *     relative to the sum of their sizes
 * @param occlusionRankCorrelation Spearman's ρ of attributions and occlusion over the bytes that
 *     are not zero, or null where it is not defined
 * @param bytes the most important bytes, most important first
 * @param fields names of stretches of bytes, none if the row is no executable; where two overlap
 *     the first one counts
 * @param image the bytes as hexadecimal digits, two each
 * @param attributions integrated gradients of the logit for each byte
 * @param occlusion drop of the class's log-probability without each byte, in nats
 */
public record Explanation(
    long row,
    @Nullable String hash,
    @Nullable Integer label,
    int predicted,
    double probability,
    int explainedClass,
    double logit,
    double baselineLogit,
    double relativeGap,
    @Nullable Double occlusionRankCorrelation,
    List<ExplainedByte> bytes,
    List<NamedBytes> fields,
    String image,
    float[] attributions,
    float[] occlusion) {
  /**
   * Copies the lists and checks the lengths.
   *
   * @throws IllegalArgumentException if there is not one attribution and one occlusion a byte
   */
  public Explanation {
    bytes = List.copyOf(bytes);
    fields = List.copyOf(fields);
    int size = image.length() / 2;
    if (attributions.length != size || occlusion.length != size) {
      throw new IllegalArgumentException(
          "%d bytes, %d attributions and %d occlusions, expected as many of each"
              .formatted(size, attributions.length, occlusion.length));
    }
  }

  /**
   * A byte that drove the decision.
   *
   * @param offset its place, from 0
   * @param value the byte, 0 to 255
   * @param field what it means, or empty
   * @param attribution how much it moved the logit
   * @param occlusion how much the log-probability drops without it, in nats
   */
  public record ExplainedByte(
      int offset, int value, String field, double attribution, double occlusion) {}

  /**
   * A stretch of bytes with a name.
   *
   * @param offset its first byte, from 0
   * @param length how many
   * @param name what they mean
   */
  public record NamedBytes(int offset, int length, String name) {
    boolean contains(int position) {
      return position >= offset && position - offset < length;
    }

    private String nameAt(int position) {
      return length == 1 ? name : name + " [" + (position - offset) + "]";
    }
  }

  /** Returns the image, an unsigned byte a pixel. */
  public byte[] grey() {
    return HexFormat.of().parseHex(image);
  }

  /**
   * Returns what a byte means.
   *
   * @param offset its place, from 0
   * @return the field's name, with the number of the byte within it where it has several, or empty
   */
  public String fieldAt(int offset) {
    Optional<NamedBytes> field = fields.stream().filter(one -> one.contains(offset)).findFirst();
    return field.map(named -> named.nameAt(offset)).orElse("");
  }
}
