package org.virusmnist.cli.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.virusmnist.dataset.Augmentation;
import picocli.CommandLine.Option;

/** Random changes to the images that are trained on. */
final class AugmentationOptions {
  @Option(
      names = "--augment-shift",
      paramLabel = "BYTES",
      description =
          "Roll the bytes of every image trained on by up to so many, another way in every epoch"
              + " (default: 0). As the three that follow, for --fine-tune-epochs and --no-feature-cache.")
  private int shift;

  @Option(
      names = "--augment-noise",
      paramLabel = "SHARE",
      description = "Replace up to this share of the bytes by random ones (default: 0).")
  private double noise;

  @Option(
      names = "--augment-cutout",
      paramLabel = "BYTES",
      description = "Set so many bytes in a row to zero (default: 0).")
  private int cutout;

  @Option(
      names = "--mixup",
      paramLabel = "ALPHA",
      description = "Blend every image with another one, as mixup with this alpha (default: 0).")
  private double mixup;

  /** Returns what to change, or throws naming the value that is out of range. */
  Augmentation augmentation() {
    return new Augmentation(shift, noise, cutout, mixup);
  }

  /**
   * Throws if there are options that cannot act.
   *
   * @param seesImages whether any epoch runs on images
   * @param keepsRows whether rows were asked to stay in the device's memory
   */
  void check(boolean seesImages, boolean keepsRows) {
    if (!augmentation().isOn()) {
      return;
    }
    if (!seesImages) {
      throw new IllegalArgumentException(
          "--augment-* or --mixup is given, but features are computed once for all epochs, before"
              + " any change could act; expected --fine-tune-epochs or --no-feature-cache with it");
    }
    if (keepsRows) {
      throw new IllegalArgumentException(
          "--augment-* or --mixup is given with --resident on, but changed images are new in every"
              + " step; expected one of them");
    }
  }

  /** Returns what {@code config.json} says of what is in use. */
  Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    if (augmentation().isOn()) {
      record.put("augment_shift", shift);
      record.put("augment_noise", noise);
      record.put("augment_cutout", cutout);
      record.put("mixup", mixup);
    }
    return record;
  }
}
