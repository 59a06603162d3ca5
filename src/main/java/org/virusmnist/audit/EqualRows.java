package org.virusmnist.audit;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.virusmnist.dataset.ImageSet;

/** Rows with equal pixels in some data sets: repeated ones, and those whose labels disagree. */
public final class EqualRows {
  private final List<BitSet> duplicates = new ArrayList<>();
  private final List<BitSet> conflicts = new ArrayList<>();

  private EqualRows(int sets) {
    for (int set = 0; set < sets; set++) {
      duplicates.add(new BitSet());
      conflicts.add(new BitSet());
    }
  }

  /**
   * Compares all rows of all sets, in time that grows with the rows and not with their pairs.
   *
   * @param sets data sets, with or without labels
   * @return what is equal
   */
  public static EqualRows of(List<ImageSet> sets) {
    EqualRows equal = new EqualRows(sets.size());
    int[] order = ColumnOrder.mostVariedFirst(sets.get(0));
    Map<LongBuffer, List<Place>> byPixels = new HashMap<>();
    for (int set = 0; set < sets.size(); set++) {
      ImageSet images = sets.get(set);
      PackedRows rows = PackedRows.of(images, order);
      for (int row = 0; row < images.size(); row++) {
        int label = images.hasLabels() ? images.label(row) : -1;
        byPixels
            .computeIfAbsent(rows.key(row), key -> new ArrayList<>(1))
            .add(new Place(set, row, label));
      }
    }
    byPixels.values().forEach(equal::add);
    return equal;
  }

  /** Where some pixels occur; a label of −1 is not known. */
  private record Place(int set, int row, int label) {}

  private void add(List<Place> places) {
    boolean isConflict =
        places.stream().mapToInt(Place::label).filter(label -> label >= 0).distinct().count() > 1;
    BitSet setsSeen = new BitSet();
    for (Place place : places) {
      duplicates.get(place.set()).set(place.row(), setsSeen.get(place.set()));
      setsSeen.set(place.set());
      if (isConflict && place.label() >= 0) {
        conflicts.get(place.set()).set(place.row());
      }
    }
  }

  /**
   * Returns the rows whose pixels an earlier row of the same set has.
   *
   * @param set number of the set, from 0
   * @return row numbers; a copy
   */
  public BitSet duplicates(int set) {
    return (BitSet) duplicates.get(set).clone();
  }

  /**
   * Returns the rows whose pixels occur with another label, in this set or another.
   *
   * @param set number of the set, from 0
   * @return row numbers; a copy
   */
  public BitSet conflicts(int set) {
    return (BitSet) conflicts.get(set).clone();
  }

  /**
   * Counts the rows of all sets whose pixels occur with another label.
   *
   * @return rows, 0 or more
   */
  public int conflictCount() {
    return conflicts.stream().mapToInt(BitSet::cardinality).sum();
  }
}
