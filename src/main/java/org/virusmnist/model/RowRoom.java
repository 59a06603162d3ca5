package org.virusmnist.model;

/** Finds out by trial how many rows the device's memory has room for. */
final class RowRoom {
  private RowRoom() {}

  /** Takes and frees the memory. */
  interface Memory {
    /**
     * Takes memory for some rows, and loads them if they are all there are.
     *
     * @throws ModelCallException if there is not enough
     */
    void take(int rows);

    /** Frees what was taken, all of it or a part. */
    void free();
  }

  /**
   * Halves a number of rows until there is room for them.
   *
   * @param rows the number to begin with
   * @param memory has the room for what is returned
   * @return how many there is room for
   * @throws ModelCallException if there is not room for one, or the device fails otherwise
   */
  static int take(int rows, Memory memory) {
    int room = rows;
    while (true) {
      try {
        memory.take(room);
        return room;
      } catch (ModelCallException e) {
        if (!e.isOutOfMemory() || room < 2) {
          throw e;
        }
        memory.free();
        room /= 2;
      }
    }
  }
}
