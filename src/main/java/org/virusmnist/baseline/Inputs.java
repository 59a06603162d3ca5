package org.virusmnist.baseline;

import java.util.Arrays;
import java.util.Locale;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.virusmnist.dataset.ImageSet;

/** What a classifier sees of an image. */
enum Inputs {
  /** The 1,024 bytes divided by 255, each at its place. */
  PIXELS(ImageSet.PIXELS),
  /** How often each of the 256 byte values occurs, as a share of all bytes. */
  HISTOGRAM(256);

  private static final LabelFactory LABELS = new LabelFactory();
  private static final String UNKNOWN = "unknown";

  @SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out
  private final String[] names;

  Inputs(int count) {
    names = new String[count];
    Arrays.setAll(names, i -> String.format(Locale.ROOT, "f%04d", i));
  }

  /** Returns rows as Tribuo's examples, labelled where they have labels. */
  MutableDataset<Label> dataset(ImageSet images) {
    MutableDataset<Label> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("images", LABELS), LABELS);
    for (int row = 0; row < images.size(); row++) {
      dataset.add(example(images, row));
    }
    return dataset;
  }

  /** Returns a row without values that are zero, which is how Tribuo has it. */
  Example<Label> example(ImageSet images, int row) {
    byte[] grey = new byte[ImageSet.PIXELS];
    images.copyGreyTo(row, grey, 0);
    double[] values = new double[names.length];
    for (int i = 0; i < grey.length; i++) {
      if (this == PIXELS) {
        values[i] = (grey[i] & 0xFF) / 255.0;
      } else {
        values[grey[i] & 0xFF] += 1.0 / ImageSet.PIXELS;
      }
    }
    Label label = new Label(images.hasLabels() ? Integer.toString(images.label(row)) : UNKNOWN);
    ArrayExample<Label> example = new ArrayExample<>(label);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        example.add(names[i], values[i]);
      }
    }
    return example;
  }
}
