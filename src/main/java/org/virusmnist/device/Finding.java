package org.virusmnist.device;

/**
 * One thing that was looked at.
 *
 * @param status whether it is as it should be
 * @param subject what was looked at
 * @param detail what was found
 * @param next what to do about it, a sentence; empty where nothing need be done
 */
public record Finding(Status status, String subject, String detail, String next) {

  /** Whether a thing is as it should be. */
  public enum Status {
    /** It is. */
    OK,
    /** It is not, and something that was asked for will not work. */
    NOT_OK,
    /** It is not there, and nothing that was asked for needs it. */
    NOT_NEEDED
  }

  /** Returns a finding of something that is as it should be. */
  public static Finding ok(String subject, String detail) {
    return new Finding(Status.OK, subject, detail, "");
  }

  /** Returns a finding of something that is not as it should be. */
  public static Finding notOk(String subject, String detail, String next) {
    return new Finding(Status.NOT_OK, subject, detail, next);
  }

  /** Returns a finding of something that is not there and not needed. */
  public static Finding notNeeded(String subject, String detail, String next) {
    return new Finding(Status.NOT_NEEDED, subject, detail, next);
  }
}
