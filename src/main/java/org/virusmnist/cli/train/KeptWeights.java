package org.virusmnist.cli.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.virusmnist.cli.run.CheckpointFiles;
import org.virusmnist.model.WeightAccess;
import org.virusmnist.model.Weights;
import org.virusmnist.training.Resumable;

/** Weights that training sets aside to end with: those of the best epoch, or a mean of several. */
final class KeptWeights implements Resumable, CheckpointFiles {
  private final String name;
  private final WeightAccess access;
  private @Nullable Weights weights;
  private int count;

  KeptWeights(String name, WeightAccess access) {
    this.name = name;
    this.access = access;
  }

  /** Sets the present weights aside, in place of earlier ones. */
  void replace() {
    weights = access.read();
    count = 1;
  }

  /** Moves what was set aside towards the present weights, so that it is the mean of all added. */
  void add() {
    Weights present = access.read();
    weights = weights == null ? present : weights.average(present, count);
    count++;
  }

  /** Gives the model what was set aside; nothing happens when that is nothing. */
  void assign() {
    if (weights != null) {
      access.assign(weights);
    }
  }

  int count() {
    return count;
  }

  @Override
  public void saveTo(Path directory) throws IOException {
    Weights kept = weights;
    if (kept != null) {
      try (OutputStream out = Files.newOutputStream(file(directory))) {
        kept.write(out);
      }
    }
  }

  @Override
  public void restoreFrom(Path directory) throws IOException {
    weights = null;
    if (Files.exists(file(directory))) {
      try (InputStream in = Files.newInputStream(file(directory))) {
        weights = Weights.read(in);
      }
    }
  }

  private Path file(Path directory) {
    return directory.resolve(name + ".weights");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> save() {
    return Map.of("count", Integer.toString(count));
  }

  @Override
  public void restore(Map<String, String> saved) {
    count = Integer.parseInt(saved.getOrDefault("count", "0"));
  }
}
