package org.virusmnist.device;

/**
 * Why no GPU can be used.
 *
 * @param what what was found and what was expected, without a full stop
 * @param next what to do about it, a sentence
 */
public record Obstacle(String what, String next) {
  @Override
  public String toString() {
    return what + ". " + next;
  }
}
