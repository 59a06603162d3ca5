package org.virusmnist.baseline;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.virusmnist.dataset.ImageSet;

/** Fits one of Tribuo's trainers and reads its scores. */
final class Fitted {
  /** Tribuo tells of every tree, to a logger that nobody here listens to. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private Fitted() {}

  static float[] predict(
      Trainer<Label> trainer,
      Inputs inputs,
      ImageSet train,
      ImageSet test,
      int classCount,
      BaselineProgress progress) {
    TRIBUO.setLevel(Level.WARNING);
    Model<Label> model = trainer.train(inputs.dataset(train));
    float[] probabilities = new float[test.size() * classCount];
    TestRows.forEach(
        test.size(),
        progress,
        row ->
            model
                .predict(inputs.example(test, row))
                .getOutputScores()
                .forEach(
                    (name, label) ->
                        probabilities[row * classCount + Integer.parseInt(name)] =
                            (float) label.getScore()));
    return probabilities;
  }
}
