package org.virusmnist.model;

import org.tensorflow.Result;
import org.tensorflow.types.TInt32;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.metrics.Attributions;

/** Asks an open model which pixels drove its decisions. May be used by several threads. */
public final class Explainer {
  private final ClassifierModel model;

  /**
   * Creates an explainer; it holds nothing of its own to close.
   *
   * @param model an open model, to be closed by the caller after the last explanation
   */
  public Explainer(ClassifierModel model) {
    this.model = model;
  }

  /**
   * Explains consecutive images by integrated gradients from a black image.
   *
   * @param images the images
   * @param fromRow the first image
   * @param classes class to explain for each image [N]; says how many images
   * @param steps points on the way from black to the image, 1 or more
   * @return attribution of each pixel, its three channels summed [N×1024], and logits
   */
  public Attributions explain(ImageSet images, int fromRow, int[] classes, int steps) {
    try (TensorBatch inputs =
            new TensorBatch()
                .own("images", Images.toTensor(images, fromRow, classes.length))
                .own("classes", Tensors.vector(classes))
                .own("steps", TInt32.scalarOf(steps));
        Result result = model.call(ModelSignatures.EXPLAIN, inputs)) {
      return new Attributions(
          Tensors.floats(Tensors.output(result, "attributions")),
          Tensors.floats(Tensors.output(result, "logits")),
          Tensors.floats(Tensors.output(result, "baseline_logits")));
    }
  }
}
