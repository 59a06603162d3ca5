package org.virusmnist.cli.inspect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.virusmnist.audit.Neighbours;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.report.DuplicateRow;

/** Collects every row with a neighbour, for a file. */
final class DuplicateList {
  private final List<DuplicateRow> rows = new ArrayList<>();

  void add(ImageSet images, ImageSet others, Neighbours neighbours) {
    for (int row = 0; row < images.size(); row++) {
      if (neighbours.isWithin(row, Neighbours.FARTHEST)) {
        int other = neighbours.nearest(row);
        rows.add(
            new DuplicateRow(
                images.source(),
                row,
                images.hash(row),
                label(images, row),
                others.source(),
                other,
                label(others, other),
                neighbours.distance(row)));
      }
    }
  }

  private static @Nullable Integer label(ImageSet images, int row) {
    return images.hasLabels() ? images.label(row) : null;
  }

  List<DuplicateRow> rows() {
    return rows;
  }
}
