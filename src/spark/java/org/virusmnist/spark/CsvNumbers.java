package org.virusmnist.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the rows of each piece of CSV files are in the whole input, whatever the pieces are. */
final class CsvNumbers {
  private CsvNumbers() {}

  /**
   * The lines of a piece.
   *
   * @param name of the piece
   * @param file its file
   * @param rows lines below the header
   * @param blankEnd how many of them are blank and have none behind them that is not
   */
  record Counted(String name, String file, long rows, long blankEnd) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A piece in the input.
   *
   * @param firstRow rows before it
   * @param endsFile whether no row of its file follows in another piece: blank lines at its end are
   *     no rows then
   */
  record Place(long firstRow, boolean endsFile) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of an input that is one piece. */
    static final Place ONLY = new Place(0, true);
  }

  /**
   * Numbers the rows.
   *
   * @param pieces all pieces in the order of the input
   * @return the place of each by its name
   */
  static Map<String, Place> places(List<Counted> pieces) {
    boolean[] endsFile = new boolean[pieces.size()];
    for (int i = pieces.size() - 1; i >= 0; i--) {
      boolean isLast =
          i + 1 == pieces.size() || !pieces.get(i + 1).file().equals(pieces.get(i).file());
      endsFile[i] = isLast || (endsFile[i + 1] && isBlank(pieces.get(i + 1)));
    }
    Map<String, Place> places = new HashMap<>();
    long row = 0;
    for (int i = 0; i < endsFile.length; i++) {
      Counted piece = pieces.get(i);
      places.put(piece.name(), new Place(row, endsFile[i]));
      row += endsFile[i] ? piece.rows() - piece.blankEnd() : piece.rows();
    }
    return places;
  }

  private static boolean isBlank(Counted piece) {
    return piece.rows() == piece.blankEnd();
  }
}
