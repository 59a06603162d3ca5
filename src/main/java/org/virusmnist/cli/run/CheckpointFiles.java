package org.virusmnist.cli.run;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A part of training that is too large for {@code state.json} and has files of its own in a
 * checkpoint, such as weights.
 */
public interface CheckpointFiles {
  /** Writes its files into a checkpoint that is being filled. */
  void saveTo(Path checkpoint) throws IOException;

  /** Reads them back; what the parts of {@code state.json} remember has been restored before. */
  void restoreFrom(Path checkpoint) throws IOException;
}
