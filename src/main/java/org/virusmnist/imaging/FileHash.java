package org.virusmnist.imaging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What identifies a file in the column {@code hash}, as hexadecimal digits in lower case. */
public enum FileHash {
  /** MD5 (RFC 1321), 32 digits, as in Virus-MNIST: a name, no protection. */
  MD5("MD5"),

  /** SHA-256 (FIPS 180-4), 64 digits. */
  SHA256("SHA-256");

  private final String algorithm;

  FileHash(String algorithm) {
    this.algorithm = algorithm;
  }

  /**
   * Returns a digest that has seen nothing.
   *
   * @return a new one, for one thread
   */
  public MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
