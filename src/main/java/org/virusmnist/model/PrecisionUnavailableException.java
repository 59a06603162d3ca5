package org.virusmnist.model;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A precision was asked for that the device cannot compute in. */
public final class PrecisionUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param wanted what was asked for
   * @param reason what the device lacks
   * @param possible what it can do
   */
  PrecisionUnavailableException(Precision wanted, String reason, List<Precision> possible) {
    super(
        "--precision is %s, and %s, expected %s"
            .formatted(
                wanted,
                reason,
                possible.stream().map(Precision::toString).collect(Collectors.joining(" or "))));
  }
}
