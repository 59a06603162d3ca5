package org.virusmnist.model;

import java.io.IOException;

/** A device was asked for by name and the work would not run on it. */
public final class DeviceUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was asked for, what was found and what to do, on one line
   */
  public DeviceUnavailableException(String message) {
    super(message);
  }
}
