package org.virusmnist.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a SavedModel is believed.
 *
 * @param skipsGate whether its ops and files are not checked, because its owner made it
 * @param sha256 the hash its directory must have, 64 lower-case hexadecimal digits, or null for any
 */
public record ModelTrust(boolean skipsGate, @Nullable String sha256) {
  /** Trusts nothing: every check, any hash. */
  public static final ModelTrust CHECKED = new ModelTrust(false, null);

  /**
   * Checks the hash's form.
   *
   * @throws IllegalArgumentException if it is no SHA-256
   */
  public ModelTrust {
    if (sha256 != null) {
      sha256 = sha256.toLowerCase(Locale.ROOT);
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "'" + sha256 + "' is no SHA-256, expected 64 hexadecimal digits");
      }
    }
  }
}
