package org.virusmnist.dataset;

/**
 * What a Virus-MNIST CSV file must look like: {@code label,pixel1..pixelN,hash} in any order.
 *
 * @param pixels pixel columns; 1,024 but in tests, which use fewer to be quick
 * @param classCount labels are integers from 0 to classCount − 1
 * @param labels whether the label column may be missing
 * @param maxRows data rows a file may have
 */
record CsvSchema(int pixels, int classCount, Labels labels, long maxRows) {
  CsvSchema {
    if (classCount < 1) {
      throw new IllegalArgumentException("classCount (" + classCount + ") must be positive");
    }
  }

  /** Returns the schema of 32 × 32 images with so many rows as a stream may have: no bound. */
  static CsvSchema unbounded(int classCount, Labels labels) {
    return new CsvSchema(ImageSet.PIXELS, classCount, labels, Long.MAX_VALUE);
  }

  /** Returns the schema of 32 × 32 images whose rows all fit in memory. */
  static CsvSchema inMemory(int classCount, Labels labels) {
    return new CsvSchema(ImageSet.PIXELS, classCount, labels, ImageCsv.MAX_ROWS_IN_MEMORY);
  }

  String expectedColumns() {
    return "label, pixel1..pixel" + pixels + " and hash";
  }
}
